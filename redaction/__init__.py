"""Documents in, proposals, decisions, safe pages out. Knows nothing of Prefect or the database."""
