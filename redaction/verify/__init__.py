"""The independent check of the very bytes that leave.

Run as a process: ``python -m redaction.verify JOB.json RESULT.json``. It is given the file, the
strings forbidden everywhere, the places where something must be gone or must remain, and the
boxes that were decided; it imports nothing from painting, finding, proposing or reading, and
believes none of them. What it does not know it refuses: an object, an operator or a page that no
rule here allows is a failure. Failures name page and cause, never the string.
"""

VERSION = "1"
