"""`python -m mediation` is `mediation`."""

from mediation.cli import main

main()
