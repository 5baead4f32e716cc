"""What kind of file the bytes are. The name is asked only where bytes cannot tell."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath

import olefile

from redaction.formats.records import MARK

TORN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)
"""What reading a damaged, cut off or locked part of a container ends in; `zipfile` says a wrong
password and a packing that it does not know as RuntimeError."""


class Kind(StrEnum):
    """Kinds of file, named by their media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLS = "application/vnd.ms-excel"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    EML = "message/rfc822"
    MSG = "application/vnd.ms-outlook"
    MBOX = "application/mbox"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    GIF = "image/gif"
    BMP = "image/bmp"
    WEBP = "image/webp"
    HEIC = "image/heic"
    WINMAIL = "application/vnd.ms-tnef"
    PST = "application/vnd.ms-outlook-pst"
    ZIP = "application/zip"
    TEXT = "text/plain"
    CSV = "text/csv"
    HTML = "text/html"
    JSON = "application/json"
    RECORD = "application/vnd.rightsdesk.record+json"
    SOUND = "audio/x-recording"
    FILM = "video/x-recording"
    LOCKED = "application/x-encrypted-office"
    EMPTY = "application/x-empty"
    UNKNOWN = "application/octet-stream"


WORD_LIKE = frozenset({Kind.DOCX, Kind.DOC, Kind.RTF, Kind.ODT})
"""Printed by LibreOffice."""
TO_DOCX = frozenset({Kind.DOC, Kind.RTF, Kind.ODT})
"""First turned into DOCX by LibreOffice, whose changes and comments we can then read."""
TO_XLSX = frozenset({Kind.XLS, Kind.ODS})
"""First turned into XLSX by LibreOffice, which keeps what is hidden."""
PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.TIFF, Kind.GIF, Kind.BMP, Kind.WEBP, Kind.HEIC})

_PICTURES = {
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n": Kind.PNG,
    b"II*\x00": Kind.TIFF,
    b"MM\x00*": Kind.TIFF,
    b"GIF8": Kind.GIF,
    b"BM": Kind.BMP,
}
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
"""Brands of telephone photographs (ISO/IEC 23008-12)."""
_STILL = _HEIC | {b"avif", b"avis"}
_PST = b"!BDN"
_WINMAIL = b"\x78\x9f\x3e\x22"
_RECORDINGS = (
    (b"ID3", Kind.SOUND),
    (b"OggS", Kind.SOUND),
    (b"fLaC", Kind.SOUND),
    (b"#!AMR", Kind.SOUND),
    (b"caff", Kind.SOUND),
    (b".snd", Kind.SOUND),
    (b"\x02dss", Kind.SOUND),
    (b"\x03dss", Kind.SOUND),
    (b"\x03ds2", Kind.SOUND),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Kind.FILM),
    (b"\x1a\x45\xdf\xa3", Kind.FILM),
    (b"\x00\x00\x01\xba", Kind.FILM),
    (b"\x00\x00\x01\xb3", Kind.FILM),
    (b"FLV\x01", Kind.FILM),
    (b"DHAV", Kind.FILM),
)
"""MP3 with tags, Ogg, FLAC, AMR, CAF, AU, dictation machines; Windows Media, Matroska, MPEG, Flash,
cameras' own. Windows Media and Matroska hold sound alone as well: a film is heard too."""
_MPEG_SOUND = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff][\x10-\xef]|\xff[\xf0\xf1\xf8\xf9]")
"""A frame of MPEG sound without tags, or of AAC (ISO/IEC 11172-3, 13818-7)."""
_SOUND_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P "})
_OLD_FILM = frozenset({b"moov", b"mdat", b"wide"})
_TS_PACKET = 188
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": Kind.ODT,
    "application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
}
_PACKED_DOCUMENT = frozenset(
    {"[Content_Types].xml", "META-INF/container.xml", "Index/Document.iwa"}
)
"""Slides, electronic books, Apple's own: one document, whose parts are no documents."""
_MAIL_HEADERS = re.compile(
    rb"(?im)^(from|to|subject|date|received|return-path|message-id|mime-version|delivered-to"
    rb"|content-type|x-[a-z-]+)[ \t]*:"
)
_MBOX_START = re.compile(rb"From [^\n]*\n[A-Za-z-]+:[ \t]")
_HTML_START = re.compile(rb"(?i)<(!doctype html|html|head|body|meta|table|div|p)[\s>]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 65536
_NOTES = frozenset({".txt", ".log", ".csv", ".asc", ".md"})
_STRAY_CONTROLS = 0.1
"""Of all bytes of a note: more control characters than that are no text."""


def sniff(data: bytes, name: str = "") -> Kind:
    """The kind of file; `UNKNOWN` for anything that no reader here is made for."""
    if not data.strip(b"\x00 \r\n\t"):
        return Kind.EMPTY
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(data, PurePath(name).suffix.lower())
    if head.startswith(olefile.MAGIC):
        return _ole_kind(data)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return Kind.HEIC
    if (recording := _recording(head)) is not None:
        return recording
    if head.startswith(_WINMAIL):
        return Kind.WINMAIL
    if head.startswith(_PST):
        return Kind.PST
    for magic, kind in _PICTURES.items():
        # A letter may begin with "BM"; a bitmap has zeros in its header.
        if head.startswith(magic) and (kind is not Kind.BMP or b"\x00" in head[:14]):
            return kind
    if head.startswith(MARK):
        return Kind.RECORD
    return _text_kind(data, PurePath(name).suffix.lower())


def _recording(head: bytes) -> Kind | None:
    """Whether this is sound or film: nobody can read it, somebody must listen."""
    for mark, kind in _RECORDINGS:
        # A note may begin with the same letters; no recording is without control characters.
        if head.startswith(mark) and _CONTROL.search(head[:64]):
            return kind
    if head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI "):
        return Kind.SOUND if head[8:12] == b"WAVE" else Kind.FILM
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return Kind.SOUND
    if head[4:8] == b"ftyp" and head[8:12] not in _STILL:
        return Kind.SOUND if head[8:12] in _SOUND_BRANDS else Kind.FILM
    if head[4:8] in _OLD_FILM and b"\x00" in head[:4]:
        return Kind.FILM
    packets = head[: 4 * _TS_PACKET : _TS_PACKET]
    if packets == b"GGGG" and b"\x00" in head[:_TS_PACKET]:
        return Kind.FILM
    # Text in UTF-16 begins with the same first byte.
    if _MPEG_SOUND.match(head) and not head.startswith(b"\xff\xfe"):
        return Kind.SOUND
    return None


def _zip_kind(data: bytes, suffix: str) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as box:
            names = set(box.namelist())
            if "mimetype" in names and box.getinfo("mimetype").file_size < 200:
                said = box.read("mimetype").decode("ascii", "replace").strip()
                return _OPEN_DOCUMENT.get(said, Kind.UNKNOWN)
    except TORN:
        # A torn container still shows what it was meant to be, so the task can name it.
        for mark, kind in ((b"word/", Kind.DOCX), (b"xl/", Kind.XLSX)):
            if mark in data:
                return kind
        return Kind.DOCX if suffix == ".docx" else Kind.UNKNOWN
    if "word/document.xml" in names or "word/document2.xml" in names:
        return Kind.DOCX
    if any(n.startswith("word/") for n in names):
        return Kind.DOCX
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    return Kind.UNKNOWN if _PACKED_DOCUMENT & names else Kind.ZIP


def _ole_kind(data: bytes) -> Kind:
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                return Kind.LOCKED
            if ole.exists("WordDocument"):
                return Kind.DOC
            if ole.exists("Workbook") or ole.exists("Book"):
                return Kind.XLS
            if ole.exists("__properties_version1.0"):
                return Kind.MSG
    except (OSError, ValueError, IndexError):
        return Kind.UNKNOWN
    return Kind.UNKNOWN


def _text_kind(data: bytes, suffix: str) -> Kind:
    head = data[:_HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or bare_utf16(head)
    if not wide and len(_CONTROL.findall(head)) > _STRAY_CONTROLS * len(head):
        return Kind.UNKNOWN
    if not wide and _CONTROL.search(head):
        # Printers' and terminals' codes in a note or a log, not a kind of file nobody knows.
        return Kind.TEXT if suffix in _NOTES else Kind.UNKNOWN
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start[:1] in b"{[" and _is_json(data):
        return Kind.JSON
    if _MBOX_START.match(head):
        return Kind.MBOX
    if suffix in {".eml", ".mht"} or _looks_like_mail(start):
        return Kind.EML
    if suffix in {".html", ".htm"} or _HTML_START.match(start):
        return Kind.HTML
    if suffix == ".xhtml" or (start.startswith(b"<?xml") and b"<html" in head.lower()):
        return Kind.HTML
    return Kind.CSV if suffix in {".csv", ".tsv"} else Kind.TEXT


def bare_utf16(head: bytes) -> str:
    """The codec of wide text without a mark: every other byte of Western text is then zero."""
    even, odd = head[: len(head) & ~1 : 2], head[1::2]
    if len(even) < 8 or not odd:
        return ""
    for codec, zeros, letters in (("utf-16-be", even, odd), ("utf-16-le", odd, even)):
        if zeros.count(0) > 0.9 * len(zeros) and not _CONTROL.search(letters):
            return codec
    return ""


def _looks_like_mail(start: bytes) -> bool:
    top = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    first = top.partition(b":")[0]
    named = {m[1].lower() for m in _MAIL_HEADERS.finditer(top)}
    return bool(re.fullmatch(rb"[A-Za-z][A-Za-z0-9-]*", first)) and len(named) >= 3


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
