"""Gates: who may record what, in which state of a case, and what must be true first.

The table is data (`gates.yaml`), checked when it is loaded. What must be true is a guard: a named
pure function over an `Attempt`.
"""

from rights.gates.attempt import Attempt, guard
from rights.gates.check import Draft, check, foresee
from rights.gates.state import State, state_of

__all__ = ["Attempt", "Draft", "State", "check", "foresee", "guard", "state_of"]
