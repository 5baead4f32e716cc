"""What the council processes, why, from whom, for whom and for how long: the register.

Read from the council's folder ``register/``, which another council replaces. It answers Article 15
for the services where data were found, names who is told of a correction or erasure, gives the
facts for weighing the other rights, and lists where it and the notice fall short of the law.
"""

from rights.register.ask import (
    Erasure,
    PurposeBases,
    ServiceFacts,
    Stops,
    Told,
    bases_for,
    consent_based,
    erasure_stands,
    marketing,
    portable,
    processors_of,
    recipients_of,
    services_for,
    services_of,
)
from rights.register.bases import Basis, bases, basis
from rights.register.gaps import Gap, GapKind, gaps
from rights.register.load import Register, load_register
from rights.register.retention import Kept, RecordDates, retention_of, rule_for

__all__ = [
    "Basis",
    "Erasure",
    "Gap",
    "GapKind",
    "Kept",
    "PurposeBases",
    "RecordDates",
    "Register",
    "ServiceFacts",
    "Stops",
    "Told",
    "bases",
    "bases_for",
    "basis",
    "consent_based",
    "erasure_stands",
    "gaps",
    "load_register",
    "marketing",
    "portable",
    "processors_of",
    "recipients_of",
    "retention_of",
    "rule_for",
    "services_for",
    "services_of",
]
