"""How each flow gets its office, and what it may say: references, counts and codes only."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from prefect import get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed, Failed

from casework.boards import summary
from casework.office import Office, open_office
from rights.errors import RightsdeskError
from rights.events import Actor, Attested

FORM = Actor(login="prefect", attested=Attested.PREFECT)
"""Who fills in Prefect forms: the UI knows one shared credential and no persons."""


class Answer:
    """What a flow run answers with; becomes its state message and an artifact of its own."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.failed = ""

    def say(self, line: str) -> None:
        """Add a line, to the log as well."""
        self.lines.append(line)
        get_run_logger().info(line)

    def state(self) -> Any:
        """The final state of the run."""
        text = "\n".join(self.lines)
        create_markdown_artifact(
            markdown="\n\n".join(self.lines), description="What this run answered"
        )
        return Failed(message=text) if self.failed else Completed(message=text)


@contextmanager
def answering(ref: str | None = None) -> Generator[tuple[Office, Answer]]:
    """An office and an answer; a wrong input becomes a plain sentence and leaves all untouched.

    A flow that takes a reference answers first with what the case is, so that a slip of the hand
    is seen before anything is done to another child's case.
    """
    answer = Answer()
    office = open_office()
    try:
        if ref is not None:
            answer.say(summary(office, ref))
        yield office, answer
    except RightsdeskError as error:
        answer.failed = error.code
        answer.say(f"Nothing was changed. {error.sentence} {error.next_step} [{error.code}]")
    except Exception as error:
        raise RightsdeskError(
            "flow.unexpected",
            f"Something unexpected went wrong ({type(error).__name__}).",
            "Tell an administrator; the case is unharmed and the sweep will try again.",
        ) from None
