"""The option that rewrites the golden files: pytest tests/letters --update-golden."""

import pytest


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/letters/golden")


@pytest.fixture
def update_golden(request):
    return request.config.getoption("--update-golden", default=False)
