"""Rectification (Art 16): points, decisions, orders to sources and the reply."""
