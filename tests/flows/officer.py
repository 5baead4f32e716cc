"""An officer at the desk, in a real browser: reads a page, chooses, writes the reason, submits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from rights.case import Question

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
    ],
}


class Officer:
    """One login in a browser of its own."""

    def __init__(self, browser: Browser, desk: str, login: str, password: str) -> None:
        self.login = login
        self._desk = desk
        self._password = password
        self.page: Page = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="en-GB"
        ).new_page()

    def open(self, path: str) -> Page:
        """A page of the desk, signing in on the way when the desk asks for it."""
        self.page.goto(path if path.startswith("http") else f"{self._desk}{path}")
        if self.page.get_by_label("Login").count():
            self.page.get_by_label("Login").fill(self.login)
            self.page.get_by_label("Password").fill(self._password)
            self.page.get_by_role("button", name="Sign in").click()
        return self.page

    def enter_people(self, ref: str, people: dict[str, Any]) -> None:
        """Copy from the request, shown beside, who is who."""
        page = self.open(f"/cases/{ref}/people")
        subject, to = people["subject"], people["recipient"]
        for place, name in enumerate(subject["names"]):
            page.locator("[name=forenames]").nth(place).fill(name["forenames"])
            page.locator("[name=surname]").nth(place).fill(name["surname"])
            page.locator("[name=name_kind]").nth(place).select_option(name["kind"])
        page.locator("[name=date_of_birth]").fill(subject["date_of_birth"])
        page.locator("[name=addresses]").fill("\n".join(subject["addresses"]))
        page.locator("[name=nhs]").fill(subject["nhs"])
        _choose(page.locator("body"), "requester", people["requester"])
        page.locator("[name=recipient_name]").fill(to["name"])
        page.locator("[name=recipient_address]").fill("\n".join(to["address"]))
        _choose(page.locator("body"), "channel", to["channel"])
        page.locator("[name=asked_for]").fill(people["asked_for"])
        page.locator("[name=protected_facts]").fill("\n".join(people["protected_facts"]))

    def submit(self, name: str | re.Pattern[str]) -> str:
        """Press a button; what the desk says then."""
        self.page.get_by_role("button", name=name).click()
        self.page.wait_for_load_state()
        said = self.page.locator("[role=alert], [role=status]")
        return said.first.inner_text() if said.count() else ""

    def decide(self, path: str, answers: Iterable[tuple[Question, str, dict[str, Any]]]) -> None:
        """Fill in the answers of a page that holds many questions."""
        page = self.open(path)
        for question, value, details in answers:
            _choose(page.locator("body"), f"answer:{question.id}", value)
            if reason := details.get("reason"):
                page.locator(f'[name="reason:{question.id}"]').fill(reason)
            for factor, code in details.get("factors", {}).items():
                chosen = page.locator(f'[name="weigh:{question.body["ref"]}:{factor}"]')
                chosen.select_option(code)

    def answer(self, ref: str, question: Question, value: str, details: dict[str, Any]) -> str:
        """Answer one question on its own page."""
        page = self.open(f"/cases/{ref}/questions/{question.id}")
        _choose(page.locator("body"), "value", value)
        for factor, code in details.get("factors", {}).items():
            page.locator(f'[name="factor:{factor}"]').select_option(code)
        for name, text in details.items():
            if name != "factors":
                self._enter(name, str(text))
        return self.submit("Record the answer")

    def _enter(self, name: str, text: str) -> None:
        """Fill in a field, or choose in it."""
        entry = self.page.locator(f'[name="{name}"]').first
        if entry.evaluate("e => e.tagName") == "SELECT":
            entry.select_option(text)
        elif entry.get_attribute("type") == "radio":
            _choose(self.page.locator("body"), name, text)
        else:
            entry.fill(text)

    def knows_all(self, ref: str, how: str, day: str) -> str:
        """Tick every locked passage as known to the subject."""
        page = self.open(f"/cases/{ref}/health")
        for box in page.locator('input[name="item"]').all():
            box.check()
        page.locator('input[name="whose"]').first.check()
        page.locator('[name="how"]').fill(how)
        page.locator('[name="known_on"]').fill(day)
        return self.submit("Record that the subject knows those ticked")

    def approve(self, ref: str, code: str) -> str:
        """Quote the code of the pack and approve it."""
        page = self.open(f"/cases/{ref}/approve")
        page.get_by_label("I have read the pack to its end").check()
        page.get_by_label("The four words").fill(code)
        return self.submit("Record the answer")


def _choose(place: Locator, name: str, value: str) -> None:
    place.locator(f'input[name="{name}"][value="{value}"]').check()
