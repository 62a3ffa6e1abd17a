"""The live workspace: what changes is on every screen within a blink, and nobody's screen tells of other rooms."""
