"""Templates, rendering, packs and delivery. Knows nothing of Prefect or the database."""
