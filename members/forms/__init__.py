"""Forms of the roster and the accounts."""
