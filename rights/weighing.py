"""Weighing another person's data: five factors, recorded once for each person and kind of fact.

Law: DPA 2018 Sch 2 para 16(3). The factors, and the answers that cannot stand together, are data
in ``rights/law``. Whoever says that it is reasonable to disclose, or that it is not, must have had
regard to all five; nothing here decides for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rights.errors import RefusedError
from rights.law import Law, Value

RULE = "weighing.factors"


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing to have regard to.

    Attributes:
        code: Its name in a record ('consent').
        title: What the officer is asked.
        answers: Code and words of each answer, in the order they are offered.
    """

    code: str
    title: str
    answers: tuple[tuple[str, str], ...]

    def words(self, answer: str) -> str:
        """The words of an answer; empty for one that is not offered."""
        return dict(self.answers).get(answer, "")


def factors(law: Law, *, on: dt.date) -> tuple[Factor, ...]:
    """The factors in the order of the statute, as the law stands on a day."""
    return tuple(
        Factor(str(code), str(_map(body)["title"]), _pairs(_map(body)["answers"]))
        for code, body in _map(law.table(RULE, on)["factors"]).items()
    )


def weighed(details: Mapping[str, object]) -> dict[str, str]:
    """The factors that the details of an answer give; empty when there are none."""
    given = details.get("factors")
    if not isinstance(given, Mapping):
        return {}
    return {str(code): str(answer) for code, answer in _entries(given) if answer}


def check_weighed(given: Mapping[str, str], law: Law, *, on: dt.date) -> None:
    """Refuse a weighing that leaves out a factor or gives an answer nobody offered.

    Raises:
        RefusedError: ``weighing.missing``.
    """
    lacking = [f.title for f in factors(law, on=on) if not f.words(given.get(f.code, ""))]
    if lacking:
        raise RefusedError(
            "weighing.missing",
            f"The weighing of this person's interests lacks: {'; '.join(lacking)}.",
            "Choose an answer for each of the five, once for the person; 'not asked, because ...' "
            "is an answer.",
        )


def check_together(
    given: Mapping[str, str], *, disclose: bool, reason: str, law: Law, on: dt.date
) -> None:
    """Refuse answers that cannot both be true, or that do not bear what was decided.

    Args:
        given: Factor and answer.
        disclose: What was decided.
        reason: The officer's reason, or nothing.
        law: The law data.
        on: The day of the decision.

    Raises:
        RefusedError: ``weighing.contradiction``, ``weighing.consented`` or ``weighing.reason``.
    """
    table = law.table(RULE, on)
    if any(_holds(given, both) for both in _maps(table["never_together"])):
        raise RefusedError(
            "weighing.contradiction",
            "Two answers of the weighing cannot both be true, such as consent and a refusal.",
            "Look at what is on file about this person and choose again.",
        )
    if not disclose and _holds(given, _map(table["consent_given"])):
        raise RefusedError(
            "weighing.consented",
            "This person agreed to the disclosure, so their interests are no ground to withhold.",
            "Disclose it, or withhold the passage under the ground that applies.",
        )
    against = any(_holds(given, one) for one in _maps(table["speak_against"]))
    if disclose and against and not reason:
        raise RefusedError(
            "weighing.reason",
            "Something in the weighing speaks against disclosing, and nothing says why it is "
            "reasonable all the same.",
            "Write the reason, or withhold it.",
        )


def _holds(given: Mapping[str, str], wanted: Mapping[str, Value]) -> bool:
    return all(given.get(code) == answer for code, answer in wanted.items())


def _map(value: Value) -> Mapping[str, Value]:
    return value if isinstance(value, Mapping) else {}


def _maps(value: Value) -> tuple[Mapping[str, Value], ...]:
    return tuple(_map(item) for item in value) if isinstance(value, tuple) else ()


def _pairs(value: Value) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), str(words)) for code, words in _map(value).items())


def _entries(given: Mapping[object, object]) -> list[tuple[object, object]]:
    return list(given.items())
