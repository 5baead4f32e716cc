"""What is done to a case, one idempotent stage at a time.

The only place that joins `rights`, `redaction` and `letters`. The Prefect flows, the desk and the
command line all call these functions; nothing here knows which of them called.
"""
