"""Who is who: accounts, passwords, sessions, and the one door that says which route is open to whom."""
