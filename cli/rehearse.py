"""Answering a demo case's questions by rules, through the same function as the desk."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cli.rehearse_rules import answer_by

if TYPE_CHECKING:
    from casework.office import Office
    from casework.questions import Given, SignedIn
    from rights.case import Case, Question
    from rights.release import CaseRef


class Rehearsal:
    """People of the demo with their sign-ins, and the rules by which they decide."""

    def __init__(
        self, office: Office, staff: dict[str, SignedIn], rules: dict[str, Any], people: Any
    ) -> None:
        self._office = office
        self._staff = staff
        self._rules = rules
        self._people = people

    def answer_waiting(self, ref: CaseRef, questions: Iterable[Question]) -> int:
        """Answer every open question that the rules cover; returns how many.

        Raises:
            RefusedError: a gate refused an answer.
        """
        from casework.questions import answer_all

        batches: dict[str, list[Given]] = {}
        case = self._office.case(ref)
        asked = tuple(questions)
        locked = [q for q in asked if q.topic == "health"]
        for question in (q for q in asked if q.topic != "health"):
            who = self._who(question, case)
            batches.setdefault(who.actor.login, []).append(self._given(question, case))
        for login, batch in batches.items():
            answer_all(self._office, ref, tuple(batch), self._staff[login])
        if locked:
            from cli.unlock import unlock

            who = self._who(locked[0], case)
            unlock(self._office, ref, self._rules["health"], who)
        return sum(len(b) for b in batches.values()) + len(locked)

    def _who(self, question: Question, case: Case) -> SignedIn:
        from casework.refusing import facts_of

        handler = case.decision("handler")
        if question.topic == "assess" and handler is not None:
            return self._staff[facts_of(handler)["login"]]
        for person in self._staff.values():
            may = question.role in person.roles
            fresh = question.topic not in ("approve", "apply")
            if may and (fresh or person.actor.login not in case.deciders):
                return person
        from rights.errors import ConfigError

        raise ConfigError(
            "demo.staff",
            f"Nobody of the demo's staff has the role {question.role}.",
            "Add an account with it to demo/staff.yaml.",
        )

    def _given(self, question: Question, case: Case) -> Given:
        from casework.questions import Given

        value, details = self._decide(question, case)
        return Given(question.id, value, details)

    def _decide(self, question: Question, case: Case) -> tuple[str, dict[str, Any]]:
        ruled = answer_by(self._rules.get("answers", ()), question)
        if ruled is not None:
            return ruled[0], self._today(ruled[1])
        match question.topic:
            case "people":
                return "given", self._people
            case "match":
                return self._match(question.body, case), {}
            case "cast":
                return self._cast(question.body)
            case "who":
                return self._whom(question.body), {}
            case "passage":
                return self._passage(question.body)
            case "approve":
                assert case.seal is not None
                return "approve", {"code": self._last_page_code(case)}
            case topic:
                rule = self._rules[topic]
                return rule["answer"], self._today(rule.get("details", {}))

    def _today(self, details: Mapping[str, Any]) -> dict[str, Any]:
        today = self._office.today().isoformat()
        return {name: today if value == "today" else value for name, value in details.items()}

    def _match(self, body: dict[str, Any], case: Case) -> str:
        rules = self._rules
        if "candidate" not in body and "hit" not in body:
            return rules["match"]["together"]
        if "hit" in body:
            full = "full name" in body["hit"]["matched"]
            return rules["hit"]["full_name" if full else "otherwise"]
        person = body["candidate"]["person"]
        subject = case.people.subject if case.people else None
        assert subject is not None
        same_birth = person["dob"] == str(subject.date_of_birth)
        ours = {part for n in subject.names for part in n.forenames.casefold().split()}
        theirs = {part for n in person["names"] for part in n["forenames"].casefold().split()}
        written = {e.casefold() for e in subject.emails}
        same_email = any(e.casefold() in written for e in person.get("emails", ()))
        sure = (same_birth or same_email) and bool(ours & theirs)
        return rules["match"]["same_birth_or_email_and_forename" if sure else "otherwise"]

    def _cast(self, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        rules = self._rules["cast"]
        by_role = rules["by_role"].get(body["role"], {})
        value = by_role.get(body["kind"], rules["by_treatment"][body["treatment"]])
        if body["protected"] and body["kind"] == "contact":
            value = "withhold"
        details: dict[str, Any] = {"factors": self._factors(body["role"])} if body["weigh"] else {}
        if value == "disclose" or body["living"] == "died":
            details["reason"] = rules["reason"]
        return value, details

    def _factors(self, role: str) -> dict[str, str]:
        rules = self._rules["cast"]
        return rules["weighed"][rules["weighed_as"].get(role, rules["weighed_as"]["otherwise"])]

    def _whom(self, body: dict[str, Any]) -> str:
        """By the kind of fact, the label before it and the title, as demo/decisions.yaml says."""
        rules = self._rules["who"]
        if "pairs" in body:
            return _whose_health(body, rules["health"])
        roles = {c["role"]: c["ref"] for c in body["candidates"]}
        number = body["kind"] == "contact" and "".join(body["text"].split()).isdigit()
        if "subject" in roles and body["kind"] in rules["subject_owns"] and not number:
            return roles["subject"]
        before = [e["before"].rstrip(" :").casefold() for e in body["examples"]]
        if "subject" in roles and all(b.endswith(tuple(rules["own_labels"])) for b in before):
            return roles["subject"]
        title = body["text"].split()[0].rstrip(".").casefold()
        if title in rules["never_the_subject"]:
            others = [c["ref"] for c in body["candidates"] if c["role"] != "subject"]
            if len(others) == 1:
                return others[0]
        return rules["otherwise"]

    def _passage(self, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        rules = self._rules["passage"]
        rule = rules.get(body["code"], rules["otherwise"])
        details = dict(rule["details"])
        if details.get("review") == "later":
            wait = dt.timedelta(weeks=self._rules["review_after_weeks"])
            details["review"] = (self._office.today() + wait).isoformat()
        if any(p["person"] for p in body["passages"]) and body["code"] in ("", "3P"):
            details["factors"] = self._factors("otherwise")
        return rule["answer"], details

    def _last_page_code(self, case: Case) -> str:
        assert case.seal is not None
        return code_on_last_page(self._office.store.get_file(case.ref, case.seal.event.file))


_WORD = re.compile(r"\w+")


def _whose_health(body: dict[str, Any], rules: dict[str, Any]) -> str:
    """By whether the passages name somebody else, or say but he or she."""
    said = {w for e in body["examples"] for w in _WORD.findall(e["text"].casefold())}
    named = {w for o in body["others"] for w in _WORD.findall(o["name"].casefold())}
    return rules[
        "otherwise" if said.isdisjoint(named | {*rules["may_be_anothers"]}) else "doubtful"
    ]


def code_on_last_page(pack: bytes) -> str:
    """What an approver reads at the very end of a pack: four words of the list in a row."""
    import pypdfium2

    from letters.codes import CODE_WORDS, words

    pdf = pypdfium2.PdfDocument(pack)
    try:
        text = pdf[len(pdf) - 1].get_textpage().get_text_range()
    finally:
        pdf.close()
    known, said = set(words()), text.split()
    for start in range(len(said)):
        code = said[start : start + CODE_WORDS]
        if len(code) == CODE_WORDS and set(code) <= known:
            return " ".join(code)
    return ""
