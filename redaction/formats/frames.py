"""Messages between the caller and a reader process: a JSON head and blobs of bytes.

Not pickle: a reader that a hostile document has taken over must not run code in its caller.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import IO, Any

_LENGTH = struct.Struct(">I")
_MAX_HEAD = 1 << 30


def send(stream: IO[bytes], head: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Writes one message."""
    text = json.dumps({**head, "sizes": [len(b) for b in blobs]}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
    stream.write(_LENGTH.pack(len(text)))
    stream.write(text)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Reads one message.

    Raises:
        EOFError: The other side has gone.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _MAX_HEAD:
        raise EOFError
    head: dict[str, Any] = json.loads(_exactly(stream, length).decode("utf-8", "surrogatepass"))
    return head, [_exactly(stream, size) for size in head.pop("sizes")]


def _exactly(stream: IO[bytes], size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        part = stream.read(size)
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
