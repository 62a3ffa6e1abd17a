"""How long what was said is kept: erasure after the end, extensions, holds."""
