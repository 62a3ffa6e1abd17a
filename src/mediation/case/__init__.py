"""The case: commands, events, rules and views, pure from end to end (no clock, no chance, no input or output)."""
