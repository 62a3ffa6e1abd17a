"""The ladders of businesses: who makes them, by which holidays they count, and what they would do."""
