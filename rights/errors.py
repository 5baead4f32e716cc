"""One family of errors: a stable code, a plain sentence, and the next step.

Neither the sentence nor the next step ever holds personal data: both may reach a log. Positions
("row 14, column DOB", "item 3") and references are allowed.
"""

from __future__ import annotations


class RightsdeskError(Exception):
    """Base of every error that Rightsdesk raises on purpose.

    Attributes:
        code: Stable, for scripts and for the handbook ("clock.past_horizon").
        sentence: What is wrong and where, for an officer.
        next_step: What to do about it.
    """

    def __init__(self, code: str, sentence: str, next_step: str) -> None:
        super().__init__(f"[{code}] {sentence} {next_step}")
        self.code = code
        self.sentence = sentence
        self.next_step = next_step

    def __reduce__(self) -> tuple[type[RightsdeskError], tuple[str, str, str]]:
        # Errors cross process borders (page workers); the default reduce would drop arguments.
        return (type(self), (self.code, self.sentence, self.next_step))


class InputError(RightsdeskError):
    """What was given cannot be used; nothing was written."""


class RefusedError(RightsdeskError):
    """The law, a gate or a permission forbids the step; nothing was written."""


class ConflictError(RightsdeskError):
    """Somebody else moved the case on in the meantime; read it again and retry."""


class SourceError(RightsdeskError):
    """A source did not answer, or its shape is not what its mapping says."""


class UnreadableError(RightsdeskError):
    """A document or part of one cannot be read; a person must look at it."""


class VerificationError(RightsdeskError):
    """The outgoing bytes did not pass the independent check; nothing may leave."""


class IntegrityError(RightsdeskError):
    """The journal, the vault or an anchor does not prove what it should."""


class ConfigError(RightsdeskError):
    """A setting, a mapping, a template or a data file of the council is wrong."""
