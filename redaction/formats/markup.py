"""HTML that others wrote, made safe to set out, with what it hides listed."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import lxml.html
from lxml import etree

from redaction.document import HiddenItem, HiddenKind
from redaction.formats.account import Passage
from redaction.formats.exif import about_bytes
from redaction.formats.typeset import TAB

_ACTIVE = (
    "script", "noscript", "iframe", "object", "embed", "applet", "base", "link", "audio", "video",
    "frame", "frameset",
)  # fmt: skip
_SAYING = frozenset(
    {"placeholder", "aria-label", "aria-description", "aria-roledescription", "summary", "label"}
    | {"action", "formaction", "download", "content", "cite", "longdesc", "background", "poster"}
)
"""Attributes that say something to people or lead somewhere."""
_STYLE_WORDS = re.compile(
    r"/\*(.*?)\*/|url\(\s*[\"']?([^\"')]*)|content\s*:\s*([\"'].*?[\"'])", re.S
)
"""What a style sheet says: comments, addresses and text that it sets before or behind others."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LONG = re.compile(r"\S{24}(?=\S{6})")
_IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)


@dataclass(slots=True)
class Markup:
    """HTML for the body of a page, and what it holds beside."""

    body: str = ""
    hidden: list[HiddenItem] = field(default_factory=list[HiddenItem])
    passages: list[Passage] = field(default_factory=list[Passage])
    used: set[str] = field(default_factory=set[str])
    """Content ids of the inline pictures that the page shows."""


def read_markup(source: str, pictures: Mapping[str, tuple[str, bytes]] | None = None) -> Markup:
    """Takes out whatever acts or fetches, and puts inline pictures in.

    Args:
        source: The HTML text.
        pictures: Media type and bytes of the pictures that came along, by content id.
    """
    made = Markup()
    text = _XML_DECLARATION.sub("", source)
    if not text.strip():
        return made
    try:
        root = lxml.html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        made.passages.append(Passage("HTML body", source, HiddenKind.OTHER))
        return made
    _take_out(root, made)
    _set_pictures(root, pictures or {}, made)
    made.passages += _passages(root)
    _let_wrap(root)
    styles = "".join(
        f"<style>{_IMPORT.sub('', s.text or '').replace('</', '')}</style>"
        for s in root.iter("style")
    )
    made.passages += [
        Passage("style sheet", said.strip(), HiddenKind.METADATA, grouped=True)
        for sheet in root.iter("style")
        for match in _STYLE_WORDS.findall(sheet.text or "")
        for said in match
        if sum(map(str.isalpha, said)) > 2 and not said.startswith("data:")
    ]
    etree.strip_elements(root, "style", with_tail=False)
    body = root.find("body")
    top = body if body is not None else root
    inner = "".join(lxml.html.tostring(child, encoding="unicode") for child in top.iterchildren())
    made.body = f"{styles}<div>{_plain(top.text)}{inner}</div>"
    return made


def _plain(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _take_out(root: lxml.html.HtmlElement, made: Markup) -> None:
    for comment in root.iter(etree.Comment):
        said = (comment.text or "").strip()
        if said:
            made.hidden.append(HiddenItem(HiddenKind.COMMENT, "HTML comment", said))
    etree.strip_elements(root, etree.Comment, with_tail=False)
    for tag in _ACTIVE:
        for element in list(root.iter(tag)):
            told = " ".join(
                v for k, v in element.attrib.items() if k in {"src", "href", "data", "srcdoc"}
            )
            inside = " ".join((element.text_content() or "").split())
            if told or inside:
                kind = HiddenKind.OTHER
                made.hidden.append(HiddenItem(kind, f"{tag} element", f"{told} {inside}".strip()))
            element.drop_tree()
    for meta in list(root.iter("meta")):
        name, content = meta.get("name"), meta.get("content")
        if name and content:
            item = HiddenItem(HiddenKind.METADATA, f"HTML meta {name.lower()}", content)
            made.hidden.append(item)
        meta.drop_tree()
    for title in list(root.iter("title")):
        said = (title.text_content() or "").strip()
        if said:
            made.passages.append(Passage("HTML title", said, HiddenKind.METADATA))
        title.drop_tree()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name in [n for n in element.attrib if str(n).lower().startswith("on")]:
            del element.attrib[name]
        for name in ("alt", "title"):
            if said := (element.get(name) or "").strip():
                made.passages.append(Passage(f"{name} text", said, HiddenKind.METADATA))
        for name, value in element.attrib.items():
            plain = str(name).lower()
            if (plain in _SAYING or plain.startswith("data-")) and sum(map(str.isalpha, value)) > 2:
                made.passages.append(
                    Passage(f"{plain} of an element", value, HiddenKind.METADATA, grouped=True)
                )
        said = (element.get("value") or "").strip()
        if said and element.tag in {"input", "textarea", "option", "button"}:
            made.passages.append(Passage("form field", said, HiddenKind.HIDDEN_TEXT))


def _set_pictures(
    root: lxml.html.HtmlElement, pictures: Mapping[str, tuple[str, bytes]], made: Markup
) -> None:
    for image in root.iter("img"):
        source = (image.get("src") or "").strip()
        content_id = source[4:] if source.lower().startswith("cid:") else ""
        if content_id in pictures:
            media, data = pictures[content_id]
            image.set("src", f"data:{media};base64,{base64.b64encode(data).decode()}")
            made.used.add(content_id)
            made.hidden += about_bytes(data, "a picture in the text")
        elif source.startswith("data:"):
            _, _, packed = source.partition(";base64,")
            made.hidden += about_bytes(_unpacked(packed), "a picture in the text")
        elif source:
            made.hidden.append(
                HiddenItem(HiddenKind.OTHER, "picture elsewhere, not fetched", source)
            )
    for link in root.iter("a"):
        target = (link.get("href") or "").strip()
        if target and target not in (link.text_content() or ""):
            made.passages.append(Passage("link", target, HiddenKind.OTHER))


def _unpacked(packed: str) -> bytes:
    try:
        return base64.b64decode(packed)
    except ValueError:
        return b""


def _passages(root: lxml.html.HtmlElement) -> list[Passage]:
    return [
        Passage("HTML text", text)
        for element in root.iter()
        if isinstance(element.tag, str) and element.tag != "style"
        for text in (element.text, element.tail)
        if text and text.strip()
    ]


def _let_wrap(root: lxml.html.HtmlElement) -> None:
    """Lets long addresses and the like break, so that no table grows wider than the paper.

    Tabs are wide spaces, as in our own pages (`typeset.escape`).
    """
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag == "style":
            continue
        element.text = element.text and _wrapping(element.text)
        element.tail = element.tail and _wrapping(element.tail)


def _wrapping(text: str) -> str:
    return _LONG.sub("\\g<0>\u200b", text.replace("\t", TAB))
