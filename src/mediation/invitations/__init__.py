"""The way in by invitation: made by those who may, shown once, opened any number of times, accepted once."""
