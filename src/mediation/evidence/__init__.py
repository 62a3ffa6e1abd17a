"""Files as evidence: uploaded in pieces, kept by their hash, shown safely, each in one room."""
