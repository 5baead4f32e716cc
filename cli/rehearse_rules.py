"""Rules by which the demo answers a question of any right, as demo/rights.yaml writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rights.case import Question

Rule = Mapping[str, Any]


def answer_by(rules: Iterable[Rule], question: Question) -> tuple[str, dict[str, Any]] | None:
    """The option and the entries of the first rule that fits; None where none does."""
    for rule in rules:
        if _fits(rule["when"], question):
            entries: Mapping[str, Any] = rule.get("details", {})
            body = question.body
            details = {
                name: _rows(value, body) if isinstance(value, Mapping) else value
                for name, value in entries.items()
            }
            return str(rule["answer"]), details
    return None


def filled(rules: Iterable[Rule], words: Mapping[str, str]) -> list[Rule]:
    """The rules with ``{name}`` in their entries replaced, for what only a running demo knows."""
    return [
        {**rule, "details": {n: _put(v, words) for n, v in rule.get("details", {}).items()}}
        for rule in rules
    ]


def _put(value: Any, words: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    for name, text in words.items():
        value = value.replace(f"{{{name}}}", text)
    return value


def _fits(when: Mapping[str, Any], question: Question) -> bool:
    body = question.body
    for name, wanted in when.items():
        if name == "id":
            if not fnmatchcase(question.id, wanted):
                return False
        elif name == "topic":
            if question.topic != wanted:
                return False
        elif body.get(name) not in (wanted if isinstance(wanted, list) else [wanted]):
            return False
    return True


def _rows(wanted: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """The numbers of the rows of a shown list whose column holds one of some words."""
    listed = next(t for t in body["shown"] if t["title"] == wanted["rows"])
    heads: list[str] = listed["heads"]
    at = heads.index(wanted["column"])
    also = {heads.index(head): text for head, text in wanted.get("and", {}).items()}
    numbers = [
        str(row[0])
        for row in listed["rows"]
        if any(words in row[at] for words in wanted["holds"])
        and all(row[i] == text for i, text in also.items())
    ]
    return ", ".join(numbers) or "none"
