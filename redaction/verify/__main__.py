"""``python -m redaction.verify JOB.json RESULT.json``: 0 passed, 1 refused, 2 not checked."""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic import ValidationError

from redaction.verify import VERSION
from redaction.verify.checks import verify
from redaction.verify.job import Check, Failure, Job, Result

PASSED, REFUSED, NOT_CHECKED = 0, 1, 2


def main(arguments: list[str]) -> int:
    """Reads the job, checks, writes the result; whatever goes wrong is not a pass."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m redaction.verify JOB.json RESULT.json\n")
        return NOT_CHECKED
    try:
        job = Job.model_validate_json(Path(arguments[0]).read_bytes())
        result = verify(job)
    except (ValidationError, OSError) as error:
        # The error's text would quote the job, which holds the forbidden strings.
        failure = Failure(check=Check.JOB, cause=type(error).__name__)
        result = Result(verifier=f"redaction.verify {VERSION}", passed=False, failures=(failure,))
    Path(arguments[1]).write_text(result.model_dump_json(), encoding="utf-8")
    if result.failures and result.failures[0].check in (Check.JOB, Check.CRASH):
        return NOT_CHECKED
    return PASSED if result.passed else REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
