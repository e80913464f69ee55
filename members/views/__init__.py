"""Pages of the roster and the accounts."""
