"""Names as one column holds them: which part is the surname, and what else stands with it.

"SMITH-JONES, Amy Jane (Mimi)", "Amy Jones née Smith", "VAN DER BERG Pieter", "Leo da Silva".
"""

from __future__ import annotations

import re

from rights.names import PARTICLES, SUFFIXES, TITLES, is_placeholder, name_tokens, strip_titles
from rights.names.words import strip_suffixes
from rights.release import PersonName

_ASIDE = re.compile(
    r"\s*[(\[{]\s*([^()\[\]{}]*?)\s*[)\]}]"
    r"|(?:^|(?<=[\s,]))[\"“”]([^\"“”]+)[\"“”]"
    r"|(?:^|(?<=[\s,]))['‘’]([^'‘’\s]+)['‘’](?=[\s,]|$)"
)
_INLINE = re.compile(
    r"[\s,/;-]+(aka|a\.?k\.?a\.?|a/k/a|also known as|known as|previously known as"
    r"|formerly known as|formerly|previously|n[ée]e|alias)\s*[:.]?\s+",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"(?:also |usually |now )?(?:aka|a\.?k\.?a\.?|a/k/a|k/a|known as|called|prefers"
    r"|preferred(?: name)?|likes|goes by|nickname|pref)\b[\s:.]*",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"(?:previously known as|formerly known as|formerly|former(?: name)?|previously|prev|n[ée]e"
    r"|maiden(?: name)?|birth name|born|was|ex)\b[\s:.]*",
    re.IGNORECASE,
)
_ALIAS = re.compile(r"(?:alias|or|and|also)\b[\s:.]*", re.IGNORECASE)
_NOTE = re.compile(
    r"\d|\?|\b(?:dec(?:eased|d|'d)|died|late|restricted|confidential|duplicate|dup|merged|unborn"
    r"|twin|triplet|adopted|adoptive|foster(?:ed)?|closed|male|female|aged?|yrs?|months?|dob|edd|see"
    r"|not|do|mother|father|mum|dad|parent|carer|child|son|daughter|brother|sister|sibling|step\w*"
    r"|snr|senior|jnr|junior|test|lac|cp|cin|sen|ehcp|m|f)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+[-–—*]+\s+(?=\S+\s+\S)")  # "Amy - DO NOT CONTACT"
_LEAD = re.compile(r"^(?:ma?c|[od]['’]|de|di|da|fitz|van|le|la)(?=[A-Z])", re.IGNORECASE)


def read_full_name(full: str, title: str = "") -> list[PersonName]:
    """Every name in one cell, the present one first.

    What stands in brackets or quotes is a name by which somebody is known, or a former surname
    where it says so or follows the surname; a remark ("deceased", "twin 1") is no name.

    >>> [name.full for name in read_full_name("SMITH (née BROWN), Amy (Mimi)")]
    ['Amy SMITH', 'Amy BROWN', 'Mimi SMITH']
    """
    plain, asides = _without_asides(" ".join(full.split()))
    name = _split(plain, title)
    return [name, *(other for said in asides for other in _named(said, name))]


def read_parts(forenames: str, surname: str, title: str = "") -> list[PersonName]:
    """As `read_full_name`, of a name whose forenames and surname have columns of their own."""
    fore, called = _without_asides(forenames)
    sur, others = _without_asides(surname)
    # In a column of surnames an aside is a surname, whatever comma it stands before.
    asides = [*((said, True) for said, _ in others), *called]
    name = PersonName(fore, sur, title)
    return [name, *(other for said in asides for other in _named(said, name))]


def split_full_name(full: str, title: str = "") -> PersonName:
    """The present name of one column: "KHAN, Amy", "Ms Amy Khan", "KHAN Amy"."""
    return read_full_name(full, title)[0]


def _without_asides(text: str) -> tuple[str, list[tuple[str, bool]]]:
    """The name alone; each aside with whether it follows the surname of a name with a comma."""
    asides: list[tuple[str, bool]] = []
    if any(mark in text for mark in "([{\"“'‘"):
        for found in _ASIDE.finditer(text):
            before, after = text[: found.start()], text[found.end() :]
            said = next(filter(None, found.groups()), "")
            asides.append((said, "," not in before and after.lstrip().startswith(",")))
        text = _ASIDE.sub(" ", text)
    parts = _INLINE.split(text)
    for word, said in zip(parts[1::2], parts[2::2], strict=True):
        asides.append((f"{word} {said}", False))
    text = parts[0]
    fore = text.find(",")
    if tail := _TAIL.search(text, max(fore, 0)):
        text = text[: tail.start()] if fore >= 0 else text
    return " ".join(text.split()).replace(" ,", ",").strip(" ,;"), asides


def _named(aside: tuple[str, bool], name: PersonName) -> list[PersonName]:
    """The name that an aside is, if it is one."""
    said, of_surname = aside
    kind = "alias" if of_surname else "known_as"
    for pattern, what in ((_KNOWN, "known_as"), (_FORMER, "former"), (_ALIAS, "alias")):
        if found := pattern.match(said):
            said, kind = said[found.end() :].strip(" '\""), what
            break
    if not said or _NOTE.search(said) or is_placeholder(said):
        return []
    words = said.split()
    own = set(name_tokens(name.forenames))
    first, *_, last = [*words, words[0]] if len(words) == 1 else words
    repeats = bool(own.intersection(name_tokens(first)))
    whole = "," in said or (len(words) > 1 and (repeats or _is_caps(last) > _is_caps(first)))
    # "aka" comes with a whole name as a rule, "known as" with forenames.
    given = kind == "known_as" and not aside[0].casefold().startswith("a")
    if whole or (len(words) > 1 and not given and not of_surname):
        found = _split(said, "")
        return [PersonName(found.forenames, found.surname, "", kind)]
    if kind == "former" or of_surname:
        return [PersonName(name.forenames, said, "", kind)]
    return [PersonName(said, name.surname, "", kind)]


def _split(full: str, title: str) -> PersonName:
    surname, comma, rest = full.replace(";", ",", 1).partition(",")
    rest = rest.strip()
    if comma and rest:
        tokens = name_tokens(rest)
        if set(tokens) <= SUFFIXES:
            full = surname  # "Amy Smith, MBE"
        elif set(tokens) <= TITLES:
            return PersonName("", surname.strip(), title or rest)
        else:
            found, forenames = strip_titles(rest)
            return PersonName(forenames, surname.strip(), title or found)
    elif comma:
        return PersonName("", surname.strip(), title)
    found, rest = strip_titles(full)
    words = strip_suffixes(rest).split()
    at, surname_first = _surname_at(words)
    parts = " ".join(words[:at]), " ".join(words[at:])
    forenames, last = reversed(parts) if surname_first else parts
    return PersonName(forenames, last, title or found)


def _surname_at(words: list[str]) -> tuple[int, bool]:
    """Where a name without a comma divides, and whether its surname comes first.

    Capitals among other words are the surname; otherwise it is the last word, with the particles
    before it.
    """
    caps = [_is_caps(word) for word in words]
    if len(words) > 1 and any(caps) and not all(caps):
        if caps[0] and not caps[-1]:
            return caps.index(False), True
        if caps[-1] and not caps[0]:
            return len(caps) - caps[::-1].index(False), False
    at = max(len(words) - 1, 0)
    while at > 1 and _is_particle(words[at - 1]):
        at -= 1
    return at, False


def _is_caps(word: str) -> bool:
    letters = "".join(filter(str.isalpha, _LEAD.sub("", word) if not word.isupper() else word))
    return len(letters) > 1 and letters.isupper()


def _is_particle(word: str) -> bool:
    tokens = name_tokens(word)
    # A single letter is a middle initial, but for the O of O Brien.
    return bool(tokens) and tokens[0] in PARTICLES and (len(tokens[0]) > 1 or tokens[0] == "o")
