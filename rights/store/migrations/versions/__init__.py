"""The steps, oldest first; each is kept for ever, so that any released store can move on."""
