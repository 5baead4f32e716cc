"""Rich text as Outlook packs it: a window of 4096 bytes and runs taken from it ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_SIZE = 4096
_HEAD = 16
_PACKED, _PLAIN = b"LZFu", b"MELA"


def unpack(data: bytes) -> bytes:
    """The RTF file.

    Raises:
        ValueError: It is not packed rich text, or it is cut off.
    """
    if len(data) < _HEAD:
        raise ValueError("too short")
    raw = struct.unpack_from("<I", data, 4)[0]
    kind, body = data[8:12], data[_HEAD:]
    if kind == _PLAIN:
        return body[:raw]
    if kind != _PACKED:
        raise ValueError("of an unknown kind")
    return _unpacked(body)


def _unpacked(body: bytes) -> bytes:
    window = bytearray(_START.ljust(_SIZE, b"\0"))
    out = bytearray()
    at, write = 0, len(_START)
    while True:
        if at >= len(body):
            raise ValueError("cut off")
        control = body[at]
        at += 1
        for bit in range(8):
            if control >> bit & 1:
                if at + 2 > len(body):
                    raise ValueError("cut off")
                token = body[at] << 8 | body[at + 1]
                at += 2
                offset, length = token >> 4, (token & 0xF) + 2
                if offset == write:
                    return bytes(out)
                taken = 0
                while taken < length:
                    byte = window[(offset + taken) % _SIZE]
                    out.append(byte)
                    window[write] = byte
                    write = (write + 1) % _SIZE
                    taken += 1
            else:
                if at >= len(body):
                    raise ValueError("cut off")
                out.append(body[at])
                window[write] = body[at]
                write = (write + 1) % _SIZE
                at += 1
