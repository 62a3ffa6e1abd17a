"""A mail as it is put together, before anybody sends it."""
