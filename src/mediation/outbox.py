"""Mail that a transaction decided to send: written with it, sent after it."""
