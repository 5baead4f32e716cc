"""The numbers, dates, holidays and paragraphs of the law stand in its data and not in Python.

What is allowed outside is listed below with its reason; an entry that is no longer needed fails.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from rights.law import load

REPO = Path(__file__).parents[3]
PACKAGES = ("rights", "redaction", "letters", "casework", "flows", "desk", "cli", "demo")
DOMAIN = ("rights/clock", "rights/law", "rights/workdays.py", "rights/exemptions.py")
"""Where not even the bare number may stand, whatever it is called."""

ALLOWED = {
    ("rights/clock/count.py", "timedelta(days=1)"): "the next day",
    ("rights/clock/other.py", "timedelta(days=1)"): "the next day",
    ("rights/clock/table.py", "timedelta(days=1)"): "the next day",
    ("rights/clock/words.py", "timedelta(days=1)"): "the next day",
    ("rights/workdays.py", "timedelta(days=1)"): "the next day",
    ("rights/breaches.py", "timedelta(hours=1)"): "an hour, to count in",
    ("rights/figures/count.py", "timedelta(days=1)"): "the next day",
    ("rights/opinions/rely.py", "timedelta(days=1)"): "the next day",
    (
        "rights/opinions/rely.py",
        "_ONE_DAY * 32",
    ): "how a last day is looked for; any stride will do",
    ("rights/opinions/rely.py", "_ONE_DAY * 4"): "how a last day is looked for; any stride will do",
    ("rights/sources/longdates.py", "date(1899, 12, 30)"): "day nought of spreadsheets",
    ("rights/register/retention.py", "month=3"): "the day after the end of February",
    ("rights/register/retention.py", "relativedelta(years=1)"): "a year, to count in",
    ("rights/workdays.py", "Add the next year from GOV.UK"): "how to extend the horizon",
    ("rights/workdays.py", "Add the missing year from GOV.UK"): "how to mend the calendar",
    ("rights/law/loader.py", "For example:"): "how a rule is written",
    (
        "rights/identity/birth.py",
        "timedelta(weeks=16)",
    ): "how far a birth may lie from its expected day",
    (
        "rights/identity/birth.py",
        "timedelta(weeks=3)",
    ): "how far a birth may lie from its expected day",
    ("rights/identity/keys.py", "day.day <= 12"): "a day that may be a month written the other way",
    ("redaction/paint/glyphless.py", "c-muNWME"): "a font, packed as text",
    ("letters/sheets.py", "The Article 15 information"): "the name of a sheet of the pack",
    ("casework/sweep.py", "timedelta(hours=1)"): "how long clear text may lie in a working folder",
    ("desk/web.py", "timedelta(hours=9)"): "how long a sign-in lasts",
    ("cli/demo.py", "timedelta(days=2)"): "the invented request came two days ago",
    ("demo/case_system.py", "timedelta(days=1)"): "invented days",
    ("demo/casting.py", "timedelta(days=1)"): "invented days",
    ("demo/letters_in.py", "timedelta(days=1)"): "invented days",
    ("demo/strangers.py", "timedelta(days=77)"): "invented days",
    ("demo/returns.py", "timedelta(days=21)"): "invented days",
    ("demo/returns.py", "timedelta(days=200)"): "invented days",
    ("demo/returns.py", "timedelta(days=330)"): "invented days",
    ("demo/returns.py", "timedelta(days=400)"): "invented days",
    ("demo/returns.py", "timedelta(days=6574)"): "invented days",
    ("demo/casting.py", "date(2026, 11, 2)"): "invented days",
    ("demo/casting.py", "date(1961, 1, 9)"): "an invented birthday",
    ("demo/casting.py", "date(1959, 5, 2)"): "an invented birthday",
    ("demo/casting.py", "date(1950, 2, 1)"): "an invented birthday",
    ("demo/prose.py", "(date - person.born).days * 4"): "how old somebody is in the story",
    ("demo/strangers.py", "date(1999, 1, 1)"): "invented birthdays",
}

CITATION = re.compile(
    r"\b(?:Arts?|Articles?|ss?|sections?|Sch|Schedules?|paras?|paragraphs?|reg|regulations?)"
    r"\.? ?\d",
    re.IGNORECASE,
)
HOLIDAY = re.compile(
    r"\b(?:Christmas|Easter|Good Friday|Boxing Day|New Year|bank holidays?)\b", re.IGNORECASE
)
ISO_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)")
LENGTH = re.compile(
    r"(?:^|_)(?:days?|weeks?|months?|hours?|deadline|horizon)(?:$|_)", re.IGNORECASE
)
ADDS = {"timedelta", "relativedelta", "add_months", "add_working_days", "count_days", "measure"}
LONG_UNITS = {"days", "weeks", "months", "years", "hours", "leapdays"}


class Found(NamedTuple):
    line: int
    what: str


def statutory_numbers() -> set[int]:
    """Days and hours of the law data that are too long to be anything else."""
    return {
        value.value
        for rule in load().rules.values()
        if rule.unit in ("days", "hours")
        for value in rule.values
        if isinstance(value.value, int) and value.value > 6
    }


def number(node: ast.AST | None) -> float | None:
    """The number that an expression is, a sign included."""
    if isinstance(node, ast.UnaryOp):
        return number(node.operand)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    return None


def docstrings(tree: ast.AST) -> set[int]:
    """Which constants only explain."""
    bodies = (getattr(node, "body", None) for node in ast.walk(tree))
    return {
        id(statement.value)
        for body in bodies
        if isinstance(body, list)
        for statement in body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    }


def name_of(node: ast.AST) -> str:
    """The last name of a variable, attribute or call: what it is said to be."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_length(node: ast.AST) -> bool:
    """Whether something is called a number of days, weeks, months or hours."""
    return bool(LENGTH.search(name_of(node)))


def texts(node: ast.Constant, explaining: set[int]) -> Iterator[Found]:
    """Paragraphs, holidays and dates written in a text that is no explanation."""
    if not isinstance(node.value, str) or id(node) in explaining:
        return
    for pattern in (CITATION, HOLIDAY, ISO_DAY):
        # Texts that go to an officer as an example of how to write a date are not dates of law.
        if pattern is ISO_DAY and not ISO_DAY.fullmatch(node.value):
            continue
        if pattern.search(node.value):
            yield Found(node.lineno, node.value[:120])


def calls(node: ast.Call) -> Iterator[Found]:
    """Lengths given to what adds them, dates spelt out, and arguments called a length."""
    name = name_of(node)
    values = [number(arg) for arg in node.args]
    if name in ADDS:
        given = values + [number(k.value) for k in node.keywords if k.arg in LONG_UNITS]
        if any(value for value in given):
            yield Found(node.lineno, f"{name}({', '.join(map(ast.unparse, spelt(node)))})")
    elif name in ("date", "datetime") and len(values) >= 3 and None not in values:
        yield Found(node.lineno, f"{name}({', '.join(str(value) for value in values)})")
    else:
        for keyword in node.keywords:
            if keyword.arg and LENGTH.search(keyword.arg) and (number(keyword.value) or 0) > 1:
                yield Found(node.lineno, f"{keyword.arg}={ast.unparse(keyword.value)}")


def spelt(node: ast.Call) -> list[ast.AST]:
    return [*node.args, *node.keywords]


def lengths(node: ast.AST) -> Iterator[Found]:
    """Numbers kept, compared or multiplied as a length of time."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(map(is_length, targets)) and (number(node.value) or 0) > 1:
            yield Found(node.lineno, ast.unparse(node))
    elif isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        if any(map(is_length, sides)) and any((number(side) or 0) > 1 for side in sides):
            yield Found(node.lineno, ast.unparse(node))
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Add | ast.Sub):
        sides = [node.left, node.right]
        if any(map(is_length, sides)) and any((number(side) or 0) > 1 for side in sides):
            yield Found(node.lineno, ast.unparse(node))
    elif isinstance(node, ast.arguments):
        named = [*node.posonlyargs, *node.args][::-1]
        given = [*zip(named, node.defaults[::-1], strict=False)]
        given += [(a, d) for a, d in zip(node.kwonlyargs, node.kw_defaults, strict=True) if d]
        for argument, default in given:
            if LENGTH.search(argument.arg) and (number(default) or 0) > 1:
                yield Found(argument.lineno, f"{argument.arg}={ast.unparse(default)}")


def search(source: str, *, domain: bool = False) -> list[Found]:
    """Everything in a module that looks like law."""
    tree = ast.parse(source)
    explaining = docstrings(tree)
    numbers = statutory_numbers() if domain else set[int]()
    found: list[Found] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            found += texts(node, explaining)
            if type(node.value) is int and node.value in numbers:
                found.append(Found(node.lineno, str(node.value)))
        elif isinstance(node, ast.Call):
            found += calls(node)
        elif isinstance(node, ast.Import | ast.ImportFrom) and "holidays" in ast.unparse(node):
            found.append(Found(node.lineno, ast.unparse(node)))
        else:
            found += lengths(node)
    return found


@cache
def findings(path: str) -> tuple[Found, ...]:
    source = (REPO / path).read_text(encoding="utf-8")
    return tuple(search(source, domain=path.startswith(DOMAIN)))


def modules() -> list[str]:
    files = (file for package in PACKAGES for file in (REPO / package).rglob("*.py"))
    return sorted(file.relative_to(REPO).as_posix() for file in files)


def allowed(path: str, found: Found) -> tuple[str, str] | None:
    keys = (key for key in ALLOWED if key[0] == path and found.what.startswith(key[1]))
    return next(keys, None)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_number_of_days_paragraph_or_holiday_stands_in_code(package: str):
    """Outside the law data no module holds a statutory length, citation, date or holiday."""
    told = [
        f"{path}:{found.line} {found.what}"
        for path in modules()
        if path.startswith(f"{package}/")
        for found in findings(path)
        if allowed(path, found) is None
    ]
    assert told == []


def test_no_exception_is_left_over():
    """What is allowed outside is still there; an exception that is not needed is removed."""
    used = {allowed(path, found) for path in modules() for found in findings(path)}
    assert sorted(set(ALLOWED) - used) == []


@pytest.mark.parametrize(
    "source",
    [
        "due = start + dt.timedelta(days=30)",
        "due = start + timedelta(30)",
        "due = start + relativedelta(months=1)",
        "due = start - relativedelta(months=-6)",
        "due = add_months(start, 3)",
        "ANSWER_DAYS = 28",
        "extension_months: int = 2",
        "late = age_days > 30",
        "late = (today - received).days > 30",
        "due = ONE_DAY * 30",
        "notify(hours=72)",
        "def warn(days: int = 30): ...",
        "def warn(*, within_days: int = 30): ...",
        "START = dt.date(2026, 2, 5)",
        "START = date.fromisoformat('2026-06-19')",
        "told = 'see UK GDPR Art 12A(3)'",
        "told = f'under s.164A of {act}'",
        "told = 'Sch 2 para 16'",
        "if name == 'Good Friday': pass",
        "import holidays",
        "from holidays import UnitedKingdom",
    ],
)
def test_the_check_finds_what_it_is_for(source: str):
    """Each way in which law could slip into code is seen."""
    assert search(source)


def test_the_domain_holds_not_even_the_bare_number():
    """Where time is counted, a statutory number is found under any name."""
    assert search("limit = 30", domain=True)
    assert not search("limit = 30")


@pytest.mark.parametrize(
    "source",
    [
        '"""Law: UK GDPR Art 12A(3); from 2026-02-05 on."""',
        "def f():\n    '''See s.164A.'''",
        "wait = dt.timedelta(minutes=15)",
        "days = (due - today).days",
        "pages = 30",
        "told = 'Write a date such as 2026-11-22.'",
    ],
)
def test_what_is_not_law_is_left_alone(source: str):
    """Explanations, technical waits and examples of writing a date are no law."""
    assert not search(source)
