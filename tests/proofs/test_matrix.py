"""Who may use which route: every route and socket of the whole portal, for everybody who may knock at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from proofs.asking import CASE, Ask, ask
from proofs.knocking import Callers, a_busy_dispute, disputes_for_all, path_of, routes_of, send, table
from proofs.matrix import CALLERS, spaced
from proofs.whole_portal import numbered, whole_portal

# What takes a thing away, holds people back or ends a seat comes last: everything else is asked while all of it stands.
LAST = (
    *("{invitation_id:str}", "resend", "address", "{upload:str}", "file-withdrawals", "private-room-closings"),
    *("issue-withdrawals", "position-withdrawals", "statement-withdrawals", "offer-withdrawals", "caucus-closings"),
    *("session-closings", "mutes", "unmutes", "pauses", "resumptions"),
    *("removals", "mediator-refusals", "endings", "hold-requests", "hold-liftings", "closings", "departures"),
)


def in_order(routes: Iterator[str] | set[str]) -> list[str]:
    def late(route: str) -> tuple[int, str]:
        end = route.partition(" #")[0].rpartition("/")[2]
        return (LAST.index(end) + 1 if end in LAST else 0, route)

    methods = ("GET", "SOCKET", "POST", "PUT", "DELETE")
    return sorted(
        routes,
        key=lambda route: (CASE in route, route[:4] != "GET ", late(route)[0], methods.index(route.split()[0]), route),
    )


@pytest.mark.timeout(300)
async def test_every_route_and_socket_is_open_to_those_it_is_for_and_tells_the_others_nothing(
    database: str, tmp_path: Path
) -> None:
    wanted = table()
    async with whole_portal(database, tmp_path) as portal:
        lines = {route.partition(" #")[0] for route in wanted}
        assert sorted(routes_of(portal) - lines) == [], "these routes are missing from the table"
        assert sorted(lines - routes_of(portal)) == [], "the table tells of routes that are not there"
        callers = await Callers(portal).arrive()
        quiet = await disputes_for_all(callers)
        other = await a_busy_dispute(callers)
        found: dict[str, str] = {}
        told_apart: list[str] = []
        odd: list[str] = []
        headers: dict[str, dict[str, str]] = {}
        for route in in_order(set(wanted)):
            marks = []
            if CASE not in route or not headers:
                # Some routes end the session that they are asked with, or all others of the account.
                headers = {caller: await callers.header(caller) for caller in CALLERS}
            for caller in CALLERS:
                header = headers[caller]
                dispute = quiet[caller]
                what = ask(route, dispute, numbered(route, caller))
                answer = await send(portal, route, path_of(route, dispute.case_id, what), what, header)
                marks.append(answer.mark[:1])
                if len(answer.mark) > 1:
                    odd.append(f"{caller} at {route}: {answer.mark} {answer.told.rpartition(chr(125))[2]}")
                if answer.mark in {"x", "-", "?"} and CASE in route:
                    again = ask(route, other, numbered(route, caller))
                    is_inside = answer.mark == "-" or caller in CALLERS[:7]
                    places = [other.case_id] if is_inside else [other.case_id, numbered("no", "case")]
                    for place in places:
                        same = await send(portal, route, path_of(route, place, again), again, header)
                        if same != answer:
                            told_apart.append(f"{caller} at {route}: {answer.told} / {same.told}")
                if answer.mark == "0" and "{file:str}" in route:
                    unknown = Ask({"file": numbered("no", "file")})
                    same = await send(portal, route, path_of(route, dispute.case_id, unknown), unknown, header)
                    if same != answer:
                        told_apart.append(f"{caller} at {route}: {answer.told} / {same.told}")
            found[route] = "".join(marks)
    assert not odd, "neither open nor refused:\n" + "\n".join(odd)
    wrong = [f"{route:80} {spaced(found[route])}" for route in wanted if found[route] != wanted[route]]
    assert not wrong, f"{len(wrong)} lines are in truth ({', '.join(CALLERS)}):\n" + "\n".join(wrong)
    assert not told_apart, "a refusal tells cases apart:\n" + "\n".join(told_apart)
