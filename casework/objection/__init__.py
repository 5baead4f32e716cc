"""Objection (Art 21): on which ground, what is weighed, what stops."""
