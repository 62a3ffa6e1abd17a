"""Requests drawn from the portal's own description of itself, by three people: no 500, no crash, nothing leaks.

The description says what every route takes; schemathesis draws from it what fits, and what does not.
"""

import os
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from portal_process import Portal

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
EXAMPLES = int(os.environ.get("MEDIATION_DESCRIBED") or (60 if IS_SOAK else 1))
PEOPLE = ("mediator", "handler", "principal")
# Said where somebody is not: whoever is named must never get the words back.
HIDDEN = {
    "caucus-client": ("handler",),
    "team-client": ("handler", "mediator"),
    "caucus-business": ("principal",),
    "team-business": ("principal", "mediator"),
}
# They end a seat, a session or the case: whoever is drawn to do it would be refused everything afterwards.
ENDING = ("sign-out", "departures", "endings", "closings", "mediator-refusals", "removals", "pauses", "end-others")
budget = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


class Visitor:
    """Somebody of the demo dispute, and what they must not get to see."""

    def __init__(self, portal: Portal, case_id: str, person: Any) -> None:
        self.role: str = person["role"]
        self.case_id = case_id
        self.http = httpx.Client(base_url=portal.url, headers={"cookie": person["cookie"]}, timeout=30)
        self.answers: Counter[int] = Counter()
        self.faults: list[str] = []

    def say(self, room: str, text: str) -> httpx.Response:
        body = {"command_id": uuid.uuid4().hex, "room": room, "text": text}
        return self.http.post(f"/api/cases/{self.case_id}/messages", json=body)

    def send(self, drawn: Any) -> None:
        """Send what was drawn, about the real case; keep it when the portal breaks or tells too much."""
        if "case_id" in drawn.path_parameters:
            drawn.path_parameters["case_id"] = self.case_id
        if isinstance(drawn.body, dict) and "command_id" in drawn.body and len(str(drawn.body["command_id"])) == 32:
            # The simplest id that fits is always the same, and would be known from the request before.
            drawn.body["command_id"] = uuid.uuid4().hex
        wanted = drawn.as_transport_kwargs(base_url=str(self.http.base_url))
        wanted["headers"] = {n: v for n, v in (wanted.get("headers") or {}).items() if n.lower() != "cookie"}
        sent = {name: value for name, value in wanted.items() if name in {"method", "url", "params", "json", "headers"}}
        content = wanted.get("data")
        if isinstance(content, bytes | str):
            sent["content"] = content
        try:
            answer = self.http.request(**sent)
        except (UnicodeEncodeError, httpx.InvalidURL, httpx.LocalProtocolError):
            return  # no client could send it
        self.answers[answer.status_code] += 1
        told = [r for r, outsiders in HIDDEN.items() if self.role in outsiders and marker(r) in answer.text]
        if answer.status_code >= 500 or told:
            self.faults.append(f"{self.role} {answer.status_code} {told}: {sent}")


def marker(room: str) -> str:
    return f"spoken-in-{room}-alone"


@pytest.fixture
def visitors(portal: Portal) -> Iterator[list[Visitor]]:
    demo = portal.demo("--stage", "bargaining")
    by_role = {person["role"]: person for person in demo["people"]}
    people = [Visitor(portal, demo["case"], by_role[role]) for role in PEOPLE]
    speakers = {visitor.role: visitor for visitor in people}
    for room, outsiders in HIDDEN.items():
        speaker = next(who for role, who in speakers.items() if role not in outsiders and role != "mediator")
        assert speaker.say(room, marker(room)).status_code == 201, room
    yield people
    for visitor in people:
        visitor.http.close()


@pytest.mark.soak
@pytest.mark.timeout(7_200 if IS_SOAK else 120)
def test_nothing_that_the_description_allows_breaks_the_portal_or_tells_of_other_rooms(
    portal: Portal, visitors: list[Visitor]
) -> None:
    api = httpx.get(f"{portal.url}/schema/openapi.json").json()
    schema = schemathesis.openapi.from_dict(api)
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    operations.sort(key=lambda operation: operation.path.endswith(ENDING))
    for operation in operations:
        modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE) if IS_SOAK else (GenerationMode.POSITIVE,)
        drawn = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))

        @budget
        @given(drawn)
        def everybody_sends(request: Any) -> None:
            for visitor in visitors:
                visitor.send(request)

        everybody_sends()
    faults = [fault for visitor in visitors for fault in visitor.faults]
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:40])
    answers: Counter[int] = sum((visitor.answers for visitor in visitors), Counter())
    assert httpx.get(f"{portal.url}/livez").status_code == 200
    assert sum(answers.values()) >= len(operations) * len(visitors) * 0.9
    assert sum(count for status, count in answers.items() if status < 300) > 20, answers
    print(f"\nsoak: described requests, {len(operations)} operations, {sum(answers.values())} sent: {dict(answers)}")
