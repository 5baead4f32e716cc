"""Words around names: titles, particles, placeholders, and surnames that say little."""

from __future__ import annotations

import re

from rights.names.fold import fold, name_tokens


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES: frozenset[str] = _words("""
    mr mrs ms miss mx master dr doctor prof professor rev revd reverend fr father sr sister
    sir dame lord lady hon cllr councillor judge hhj dj magistrate
    pc wpc pcso ps dc ds di dci dsi sgt sergeant insp inspector constable supt
    nurse matron midwife captain capt major lt cpl
    imam sheikh shaykh hafiz haji hajji maulana rabbi pastor canon
    pan pani uncle auntie aunt aunty nan nana nanny gran granny grandad grandpa
""")
"""Folded titles and ranks that may stand before a name, without full stops."""

# Not Senior, Junior, Ma, Ba or Md, which are names.
SUFFIXES: frozenset[str] = _words("""
    jr jnr snr esq esquire ii iii obe mbe cbe kbe qc kc jp mp phd bsc msc mba llb rgn rmn
""")
"""Folded words that may follow a full name: which of two namesakes, honours, degrees."""

PARTICLES: frozenset[str] = _words("""
    al el ul ur bin bint ibn abu umm van von der den de la le da dos das di du del della ter ten
    mac mc ap ab verch ni nic o st san y e
""")
"""Folded particles of surnames; their presence or absence is no difference."""

WEAK_SURNAMES: frozenset[str] = _words(
    "begum bibi khatun khatoon kaur singh bano akhtar ahmed khan ali"
)
"""Folded names that stand as surname or middle name by custom and tell few people apart."""

# After NHS England's GIVEN_NAMES_TO_IGNORE and what children's teams key for an unborn child.
_PLACEHOLDER = re.compile(
    r"""^(?:
      (?:new\s?)?(?:born)?\s?bab(?:y|ies)(?:\s(?:of|girl|boy|female|male|one|two|[a-d0-9])\b.*)?
    | un\s?born(?:\s.*)?
    | (?:twin|triplet|quad)s?(?:\s?(?:[0-9]+|[a-d]|i{1,3}|one|two|three))?(?:\sof\s.*)?
    | (?:female|male|boy|girl)(?:\s(?:infant|child|baby|twin)(?:\s?[0-9])?)?
    | (?:fe)?male\s(?:infant|child|unknown)
    | (?:infant|child|foetus|fetus|newborn)(?:\s(?:of\s.*|[0-9a-d]|girl|boy))?
    | (?:un|not\s)(?:known|named|stated|given|recorded|registered)(?:\s.*)?
    | no\s?(?:fore)?name(?:\sgiven)? | name\s(?:unknown|withheld|not\sknown)
    | known\sas | as\sabove | same | none | nil | null | nan | n\s?a | tb[ac] | dummy
    | do\snot\suse(?:\s.*)? | duplicate(?:\s.*)? | anon(?:ymous)? | x{1,6} | z{2,6}
    | \W*
    )$""",
    re.VERBOSE,
)


def is_placeholder(name: str) -> bool:
    """Whether `name` stands for "no name known" ("Baby", "Unborn", "Twin 1", "N/A", "?").

    A placeholder is missing data: two records that both say "Baby" do not agree.

    >>> is_placeholder("Twin 2"), is_placeholder("Babatunde")
    (True, False)
    """
    text = " ".join(re.split(r"[\s/._()-]+", fold(name).text)).strip(" ?*'\"")
    return _PLACEHOLDER.fullmatch(text) is not None


def strip_titles(name: str) -> tuple[str, str]:
    """Splits leading titles from a full name, as written.

    >>> strip_titles("Dr. Sara Ahmed")
    ('Dr.', 'Sara Ahmed')
    """
    words = name.split()
    cut = 0
    while cut < len(words) - 1 and (tokens := name_tokens(words[cut])) and tokens[0] in TITLES:
        cut += 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def strip_suffixes(name: str) -> str:
    """A full name without what may follow it ("Jnr", "MBE"), as written.

    >>> strip_suffixes("Jaya Patel, MBE"), strip_suffixes("Patel Ma")
    ('Jaya Patel', 'Patel Ma')
    """
    words = name.split()
    while len(words) > 2 and (tokens := name_tokens(words[-1])) and "".join(tokens) in SUFFIXES:
        words.pop()
    return " ".join(words).rstrip(" ,")
