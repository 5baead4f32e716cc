"""Learns from the reviewer's own decisions in this case, in seconds, what else may be a name.

A linear-chain conditional random field (python-crfsuite) over the shape of words and what stands
around them. It is trained on documents that are decided and looks at those that are not; what it
finds joins the queue and nothing else. No word list and no model of anybody else's data is used,
and the model is never kept: it holds the words of the case.
"""

from __future__ import annotations

import hashlib
import itertools
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from redaction.decisions import Span
from redaction.document import ReadDocument
from redaction.find.duplicates import unquoted
from redaction.find.suggest import Suggested
from redaction.find.tokens import Keys, Token, sentences, tokenise

_CRF: Any = import_module("pycrfsuite")  # it has no types
ENOUGH = 5
"""Decided documents from which it is worth learning."""
_SURE = 0.35
"""Least probability: the queue costs a glance, a name missed costs more."""
_OUTSIDE, _BEGIN, _INSIDE = "O", "B", "I"
_ITERATIONS = 80


class Learned:
    """A model of one case; the same decisions give the same model."""

    name = "learned"

    def __init__(self, model: bytes, basis: str) -> None:
        self._tagger: Any = _CRF.Tagger()
        self._model = model  # the tagger reads these very bytes and does not hold them
        self._tagger.open_inmemory(self._model)
        self.version = f"{version('python-crfsuite')}/{basis}"
        self._keys = Keys()

    def find(self, text: str) -> Iterable[Suggested]:
        """Runs of words that look like what was marked as a name in the decided documents."""
        for tokens in _sentences(text, self._keys):
            tags = self._tagger.tag(_features(text, tokens))
            index = 0
            while index < len(tokens):
                chance = 1.0 - float(self._tagger.marginal(_OUTSIDE, index))
                if tags[index] == _OUTSIDE and chance < _SURE:
                    index += 1
                    continue
                stop = index + 1
                while stop < len(tokens) and tags[stop] == _INSIDE:
                    stop += 1
                yield Suggested(tokens[index].start, tokens[stop - 1].end, "name", chance)
                index = stop


def learn(
    documents: Sequence[ReadDocument], names: Iterable[Span], *, scratch: Path
) -> Learned | None:
    """Trains on decided documents.

    Args:
        documents: Those that are decided.
        names: Every stretch in them that is somebody's name: findings that were confirmed, and
            reviewers' own marks.
        scratch: An existing folder; the model's file is gone again when this returns.

    Returns:
        None while there are too few documents or no name in them.
    """
    marked: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for span in names:
        marked[span.document, span.page].append(span)
    if len(documents) < ENOUGH or not marked:
        return None
    trainer: Any = _CRF.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params({"c1": 0.05, "c2": 0.05, "max_iterations": _ITERATIONS})
    basis = hashlib.sha256()
    keys = Keys()
    for document in documents:
        for page in document.pages:
            spans = sorted(marked.get((document.id, page.number), ()))
            basis.update(repr((document.sha256, page.number, spans)).encode())
            for tokens in _sentences(page.text, keys):
                trainer.append(_features(page.text, tokens), _tags(tokens, spans))
    with tempfile.NamedTemporaryFile(dir=scratch, prefix="learned-") as file:
        trainer.train(file.name)
        model = Path(file.name).read_bytes()
    return Learned(model, basis.hexdigest()[:12])


def _sentences(text: str, keys: Keys) -> Iterable[list[Token]]:
    tokens = tokenise(text, keys)
    at = 0
    for sentence in sentences(unquoted(text)):
        first = at
        while at < len(tokens) and tokens[at].start < sentence.end:
            at += 1
        if at > first:
            yield tokens[first:at]


def _tags(tokens: Sequence[Token], spans: Sequence[Span]) -> list[str]:
    tags: list[str] = []
    before: Span | None = None
    for token in tokens:
        over = next((s for s in spans if s.start < token.end and token.start < s.end), None)
        tags.append(_OUTSIDE if over is None else _INSIDE if over == before else _BEGIN)
        before = over
    return tags


def _features(text: str, tokens: Sequence[Token]) -> list[list[str]]:
    own = [_of(token) for token in tokens]
    rows: list[list[str]] = []
    for i, token in enumerate(tokens):
        row = ["0", *own[i]]
        for step in (-2, -1, 1, 2):
            at = i + step
            if 0 <= at < len(tokens):
                row += [f"{step}:{f}" for f in own[at][:3]]
            else:
                row.append(f"{step}:edge")
        if i:
            row.append("gap:" + text[tokens[i - 1].end : token.start].strip()[:3])
        if token.possessive:
            row.append("possessive")
        rows.append(row)
    return rows


def _of(token: Token) -> list[str]:
    """The word, its shape and its ends."""
    shape = "".join("X" if c.isupper() else "9" if c.isdigit() else "x" for c in token.text)
    short = shape[:1] + "".join(b for a, b in itertools.pairwise(shape) if a != b)
    return [f"w={token.key}", f"s={short}", f"l={min(len(shape), 9)}", f"e={token.key[-3:]}"]
