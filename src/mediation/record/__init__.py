"""The log of a case: append, read, heads, checkpoints, keys, erasure. SQL and signatures; the format is case/chain."""
