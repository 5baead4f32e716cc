"""The boards that officers look at, as Markdown artifacts under stable keys."""

from __future__ import annotations

from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactCollectionFilter, ArtifactCollectionFilterKey

from casework.boards import case_board, deadline_board, intake_list
from casework.office import Office


def show_boards(office: Office) -> None:
    """Write each board again if it changed; references, dates and counts only."""
    boards = {
        "case-board": (case_board(office), "Every open case and what it waits for"),
        "deadline-board": (deadline_board(office), "What is due when"),
        "intake-list": (intake_list(office), "What lies in the intake folder"),
    }
    for key, (markdown, words) in boards.items():
        if _latest(key) != markdown:
            create_markdown_artifact(key=key, markdown=markdown, description=words)


def _latest(key: str) -> object:
    wanted = ArtifactCollectionFilter(key=ArtifactCollectionFilterKey(any_=[key]))
    with get_client(sync_client=True) as client:
        found = client.read_latest_artifacts(artifact_filter=wanted)
    return found[0].data if found else None
