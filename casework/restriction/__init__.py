"""Restriction (Art 18): what is held still, where, and how it is lifted."""
