"""What people take away: bundles of the record, and the program that checks one without trusting us."""
