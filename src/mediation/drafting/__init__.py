"""Co-editing of the settlement: the Hocuspocus protocol, a commit-ordered log, and the document's canonical text."""
