"""A synthetic council's systems, written from code, with known truth. Nothing in it is real."""
