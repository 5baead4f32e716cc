"""The engine without a case: documents and people in, findings, pages and proof out.

Nothing here needs an office, a key or a database; nothing is kept but what the caller asked for.
"""
