"""Files of a room: they arrive in pieces, are checked, and are handed out as attachments or drawn pages."""
