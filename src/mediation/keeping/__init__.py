"""How long what was said is kept: the worker that erases what is due, late rather than never, each once."""
