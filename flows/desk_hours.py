"""How a flow does its work in an office, and what it may say: references, counts and codes only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prefect import get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from casework.boards import summary
from casework.office import Office, open_office
from flows.board import show_boards
from flows.clean_logs import place_of
from rights.errors import RightsdeskError
from rights.events import Actor, Attested

FORM = Actor(login="prefect", attested=Attested.PREFECT)
"""Who fills in Prefect forms: the UI knows one shared credential and no persons."""


class Answer:
    """What a flow run answers with: its log, its state message and an artifact of its own.

    Attributes:
        changed: Set by the flow once something was written; until then a refusal may say that
            nothing was changed.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.changed = False
        self._failed = False

    def say(self, line: str) -> None:
        """Add a line, to the log as well."""
        self.lines.append(line)
        get_run_logger().info(line)

    def refuse(self, error: RightsdeskError) -> None:
        """End with what is wrong and what to do about it."""
        self._failed = True
        untouched = "" if self.changed else "Nothing was changed. "
        self.say(f"{untouched}{error.sentence} {error.next_step} [{error.code}]")

    def break_off(self, error: Exception) -> None:
        """End with the place of an unexpected error, never with its text."""
        self._failed = True
        self.say(
            "Something unexpected went wrong. Tell an administrator; the case is unharmed and the "
            f"sweep will try again. [flow.unexpected: {place_of(error)}]"
        )

    def state(self) -> State[Any]:
        """The final state of the run."""
        text = "\n".join(self.lines)
        return Failed(message=text) if self._failed else Completed(message=text)


def answer(
    work: Callable[[Office, Answer], None], reference: str = "", *, kept: bool = True
) -> State[Any]:
    """Do a flow's work; a wrong input becomes a plain sentence and leaves the case untouched.

    A flow that takes a reference answers first with what the case is, so that a slip of the hand
    is seen before anything is done to another child's case. No exception leaves the run: its
    text could hold a person's data, and Prefect keeps it.

    Args:
        work: The flow's own part.
        reference: Of the case that the flow is about, as typed.
        kept: Whether the answer is kept as an artifact of the run as well.
    """
    said = Answer()
    try:
        office = open_office()
        if reference:
            said.say(summary(office, reference))
        try:
            work(office, said)
        except RightsdeskError as error:
            said.refuse(error)
        show_boards(office)
    except RightsdeskError as error:
        said.refuse(error)
    except Exception as error:
        said.break_off(error)
    if kept:
        create_markdown_artifact(markdown="\n\n".join(said.lines), description="The answer")
    return said.state()
