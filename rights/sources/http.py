"""Services that answer for one person over HTTP, in JSON: retries, a deadline, and no guessing.

Three kinds of nothing are kept apart: the service knows nothing of the person, it does not know
this kind of number, and it did not answer. Only status codes that the mapping names mean one of
the first two; anything else, "not found" among it, is a failure, for a wrong address gives that as
well.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit

import httpx

from rights.errors import SourceError, UnreadableError
from rights.sources.answers import AnswersSource
from rights.sources.jsontables import check_depth
from rights.sources.mapping import Mapping
from rights.sources.model import Probe
from rights.sources.nothing import cannot_search
from rights.sources.tables import too_large, unreachable

_OK = 200
_BUSY = frozenset([408, 425, 429, 500, 502, 503, 504])
_MAX_BYTES = 100_000_000
_BEARER = "bearer"
_FIRST_PAUSE = 0.5  # seconds; doubled after each try


class _AgainError(Exception):
    """The service did not answer this time; seconds it asked to be left alone for."""

    def __init__(self, what: str, wait: float = 0) -> None:
        super().__init__(what)
        self.what = what
        self.wait = wait


class HttpSource(AnswersSource):
    """One service.

    Args:
        mapping: Its paths and codes.
        url: Its address. A user and password in it are sent as such; the user `bearer` means that
            the password is a token.
        timer: A monotonic clock in seconds.
        pause: Waits that many seconds.
    """

    def __init__(
        self,
        mapping: Mapping,
        url: str,
        timer: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(mapping, Path())
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        self._base = f"{parts.scheme}://{host}{parts.path.rstrip('/')}"
        self._auth: httpx.Auth | None = None
        self._headers = {"Accept": "application/json"}
        if parts.username == _BEARER:
            self._headers["Authorization"] = f"Bearer {parts.password}"
        elif parts.username:
            self._auth = httpx.BasicAuth(parts.username, parts.password or "")
        self._timer = timer
        self._pause = pause

    def probe(self) -> Probe:
        """The service can be reached; what it says to a bare request does not matter."""
        self.check_in_use()
        with self._client() as client:
            try:
                client.get(self._base + "/")
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise unreachable(self.name, type(error).__name__) from None
        return Probe(self.name)

    def answers(self, keys: Collection[str]) -> Iterator[tuple[str, Any]]:
        """Asks for each key; one that holds nothing is left out.

        Raises:
            CannotSearchError: the service does not know this kind of number.
            SourceError: it did not answer in time, or not in JSON.
        """
        http = self.mapping.http
        for key in sorted(keys):
            status, data = self._get(
                self._base + http.path.replace("{key}", quote(key, safe="")), http.deadline
            )
            if status in http.cannot:
                raise cannot_search(self.name)
            if status in http.nothing:
                continue
            if status != _OK:
                raise self._refused(status)
            content = self._content_of(data)
            if content not in (None, "", [], {}):
                yield key, content

    def _content_of(self, data: bytes) -> Any:
        try:
            node: Any = check_depth(json.loads(data))
        except (ValueError, RecursionError):
            raise unreachable(self.name, "an answer is not JSON") from None
        for part in [part for part in self.mapping.http.content.split(".") if part]:
            if not isinstance(node, dict) or part not in node:
                raise unreachable(self.name, "an answer has no content")
            node = cast("dict[str, Any]", node)[part]
        return node

    def opener(self, stored: str) -> Callable[[], bytes]:
        """What fetches an attachment, from this service and nowhere else."""

        def read() -> bytes:
            url = urljoin(self._base + "/", stored)
            if urlsplit(url)[:2] != urlsplit(self._base)[:2]:
                raise _no_attachment("it is kept at another address")
            try:
                status, data = self._get(url, self.mapping.http.deadline)
            except SourceError:
                raise _no_attachment("the service did not hand it over") from None
            if status != _OK:
                raise _no_attachment(f"the service answered {status}")
            return data

        return read

    def _get(self, url: str, deadline: float) -> tuple[int, bytes]:
        """Status and body, after as many tries as there is time for."""
        ends = self._timer() + deadline
        wait = _FIRST_PAUSE
        for left in reversed(range(self.mapping.http.tries)):
            try:
                return self._once(url, ends)
            except _AgainError as error:
                pause = max(wait, error.wait)
                if not left or self._timer() + pause >= ends:
                    raise unreachable(self.name, error.what) from None
            self._pause(pause)
            wait *= 2
        raise AssertionError

    def _once(self, url: str, ends: float) -> tuple[int, bytes]:
        body = bytearray()
        try:
            with self._client() as client, client.stream("GET", url) as answer:
                if answer.status_code in _BUSY:
                    raise _AgainError(f"it answered {answer.status_code}", _asked_to_wait(answer))
                for chunk in answer.iter_bytes():
                    body += chunk
                    if len(body) > _MAX_BYTES:
                        raise too_large(self.name, "an answer of more than 100 MB")
                    if self._timer() > ends:
                        raise unreachable(self.name, "its answer takes too long")
        except httpx.InvalidURL:
            raise unreachable(self.name, "its address is wrong") from None
        except (httpx.HTTPError, OSError) as error:
            raise _AgainError(type(error).__name__) from None
        return answer.status_code, bytes(body)

    @contextmanager
    def _client(self) -> Generator[httpx.Client]:
        with httpx.Client(
            timeout=self.mapping.http.seconds,
            auth=self._auth,
            headers=self._headers,
            follow_redirects=False,
        ) as client:
            yield client

    def _refused(self, status: int) -> SourceError:
        return SourceError(
            "sources.http_refused",
            f"The service '{self.name}' answered {status}, which says neither that it holds "
            "something nor that it holds nothing.",
            "Check its address, its password and `http` in the mapping.",
        )


def _asked_to_wait(answer: httpx.Response) -> float:
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isdigit() else 0


def _no_attachment(why: str) -> UnreadableError:
    return UnreadableError(
        "sources.attachment_missing",
        f"An attachment named in an answer cannot be had: {why}.",
        "Ask the service's owner for it; the search is not complete without it.",
    )
