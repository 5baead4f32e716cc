"""Portability (Art 20): which data, and the file that carries them."""
