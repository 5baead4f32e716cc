"""How letters and packs leave: one protocol, one adapter for each way."""
