"""Guards: what must be true before an event is recorded, one module for each domain.

Every module here is loaded with the table; a guard that no row names is refused there.
"""
