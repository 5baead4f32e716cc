"""The gap list of the register on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from casework.settings import REPOSITORY


def test_the_gaps_are_listed_with_their_rules(tmp_path: Path) -> None:
    """As data each gap has its kind, entry, sentence and the provisions that make it one."""
    command = [sys.executable, "-m", "cli.main", "register", "gaps", "--json"]
    env = {**os.environ, "RIGHTS_HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    kind = "marketing without a list of people not to write to"
    (news,) = [r for r in rows if r["kind"] == kind]
    assert news["about"] == "service/family_hubs/newsletter"
    assert list(news["rules"]) == ["right.marketing"] and "21" in news["rules"]["right.marketing"]
