"""The shell of the case: it locks, loads, asks the rules, writes and tells. It holds no rule of its own."""
