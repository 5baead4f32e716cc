"""The domain: law, clock, cases, people, identity, sources and the store.

Knows nothing of Prefect, PDF or HTML.
"""
