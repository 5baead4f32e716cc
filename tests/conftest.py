"""How the tests are spread over processes: a file, or the whole of tests/flows, stays together.

Fixtures of a module or session, such as a walked case or a Prefect server, are then made once. The
marks of pytest-xdist's own ``loadgroup`` do nothing with pytest 9.2, which ignores the node ids
that they rewrite; so the spreading is told here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/flows/"
"""The folder whose tests share one server."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Hand out whole files."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.split("::", 1)[0]

    return ByFile(config, log)
