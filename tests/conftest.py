"""How the tests are spread over processes: a file, or the whole of tests/flows, stays together.

Fixtures of a module or session, such as a walked case or a Prefect server, are then made once. The
marks of pytest-xdist's own ``loadgroup`` do nothing with pytest 9.2, which ignores the node ids
that they rewrite; so the spreading is told here.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

# Looking for cycles of dead objects as often as is usual takes a tenth of the whole run.
gc.set_threshold(100_000, 20, 100)

TOGETHER = "tests/flows/"
"""The folder whose tests share one server."""
FIRST = (TOGETHER, "tests/walk/", "tests/casework/", "tests/cli/", "tests/desk/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Hand out whole files."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.split("::", 1)[0]

    # The long files first, in the order below; by number of tests they would come last.
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with what takes longest, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: _turn(item.nodeid))


def _turn(nodeid: str) -> int:
    return next((n for n, folder in enumerate(FIRST) if nodeid.startswith(folder)), len(FIRST))
