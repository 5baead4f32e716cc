"""Other programs as finders of ours; each is imported only when it is asked for."""
