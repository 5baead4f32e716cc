"""A real PostgreSQL for the index."""

from __future__ import annotations

from tests.pg import postgres, postgres_url  # noqa: F401 - fixtures
