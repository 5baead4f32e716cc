"""Several PDFs as one."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf


def join(parts: Sequence[bytes]) -> bytes:
    """The pages of all parts, in order."""
    if len(parts) == 1:
        return parts[0]
    with pikepdf.new() as joined:
        for part in parts:
            with pikepdf.open(BytesIO(part)) as source:
                joined.pages.extend(source.pages)
        out = BytesIO()
        joined.save(out, deterministic_id=True)
        return out.getvalue()
