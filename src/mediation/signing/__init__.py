"""Signing a settlement: who it is, what they are asked first, and what happens when both have signed."""
