"""Tables and papers of the roster, as files: one module for each kind."""
