"""Erasure (Art 17): what is in reach, what is weighed, what is done and what remains."""
