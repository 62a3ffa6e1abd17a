"""Papers to print and keep: the settlement, that it came from mediation, and how the mediation ended."""
