"""Mail: what it says, how it is put together, and who carries it away."""
