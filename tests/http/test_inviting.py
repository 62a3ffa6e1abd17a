"""What whoever invites can do afterwards: see, send again, send elsewhere, take back; and how much of it."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from links import DANA, accept, ask, come_in, refusal
from mediation import clock
from mediation.invitations import sent
from way_in import ORIGIN, Person, WayIn, cookie, new_id, token_in


async def invite(way_in: WayIn, case_id: str, by: Person, role: str, party: str | None, **more: Any) -> httpx.Response:
    body = {"command_id": new_id(), "role": role, "party": party, "email": DANA, **more}
    return await way_in.http.post(f"/api/cases/{case_id}/invitations", json=body, headers=by.cookie)


async def listed(way_in: WayIn, case_id: str, by: Person) -> list[Any]:
    answer = await way_in.http.get(f"/api/cases/{case_id}/invitations", headers=by.cookie)
    assert answer.status_code == 200
    return list(answer.json())


def token_of(answer: httpx.Response) -> str:
    assert answer.is_success, answer.text
    return str(answer.json()["link"]).removeprefix(f"{ORIGIN}/join#")


async def test_an_address_is_needed_and_must_be_one(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    for wrong in ("Dana", "dana@", "@example.org", "a b@example.org", "dana@example..org", "dana@example.org, x@y.z"):
        assert refusal(await invite(way_in, case_id, mira, "principal", "client", email=wrong)) == (400, "email-needed")
    assert (await invite(way_in, case_id, mira, "principal", "client", email=None)).status_code == 400
    assert await way_in.pool.fetchval("SELECT count(*) FROM outbox") == 0


async def test_an_address_is_known_whatever_its_case(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    await invite(way_in, case_id, mira, "principal", "client", email=" Dana@Example.ORG ")
    assert [one["email"] for one in await listed(way_in, case_id, mira)] == [DANA]
    assert len(await way_in.mails_to(DANA)) == 1


async def test_the_mail_says_who_invites_in_the_language_of_the_invited_and_nothing_of_the_dispute(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    await invite(way_in, case_id, mira, "principal", "client", language="de", name="Dana", title="Owner")
    [mail] = await way_in.mails_to(DANA)
    text = f"{mail['Subject']}\n{mail.get_content()}"
    assert "Example Studio lädt Sie" in text
    assert mail["Content-Language"] == "de"
    for private in ("website", "promised", "Dana", "Opener", "Owner", case_id):
        assert private not in text.split("join#", maxsplit=1)[0]


async def test_sending_again_gives_a_further_link_and_earlier_ones_keep_working(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    first = await invite(way_in, case_id, mira, "principal", "client")
    again = await way_in.http.post(
        f"/api/cases/{case_id}/invitations/{first.json()['invitation_id']}/resend", headers=mira.cookie
    )
    assert token_of(again) != token_of(first)
    for answer in (first, again):
        assert (await ask(way_in, "preview", token_of(answer))).status_code == 200
    assert len(await way_in.mails_to(DANA)) == 2
    assert len(await listed(way_in, case_id, mira)) == 1
    await come_in(way_in, token_of(first))
    assert (await ask(way_in, "preview", token_of(again))).json()["state"] == "accepted"


async def test_sending_again_lets_an_expired_invitation_stand_again(
    way_in: WayIn, case: tuple[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, mira = case
    first = await invite(way_in, case_id, mira, "principal", "client")
    later = clock.now() + sent.VALID_FOR + timedelta(days=1)
    await way_in.pool.execute("UPDATE sessions SET idle_until = $1, expires_at = $1", later + timedelta(days=1))
    monkeypatch.setattr(clock, "now", lambda: later)
    assert refusal(await ask(way_in, "preview", token_of(first))) == (410, "invitation-expired")
    await way_in.http.post(
        f"/api/cases/{case_id}/invitations/{first.json()['invitation_id']}/resend", headers=mira.cookie
    )
    assert (await ask(way_in, "preview", token_of(first))).status_code == 200


async def test_another_address_ends_the_links_codes_and_visits_of_the_old_one(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    old = await invite(way_in, case_id, mira, "principal", "client", email="wrong@example.org")
    visit = await way_in.visit(token_of(old), "wrong@example.org")
    code = await way_in.code_for(token_of(old), "wrong@example.org")
    new = await way_in.http.put(
        f"/api/cases/{case_id}/invitations/{old.json()['invitation_id']}/address",
        json={"email": DANA},
        headers=mira.cookie,
    )
    for what in ("preview", "code", "first-page", "decline"):
        assert refusal(await ask(way_in, what, token_of(old), visit)) == (410, "invitation-revoked")
    assert refusal(await accept(way_in, token_of(old), "Dana", visit)) == (410, "invitation-revoked")
    assert refusal(await accept(way_in, token_of(new), "Dana", visit)) == (403, "code-needed")
    assert refusal(await ask(way_in, "verify", token_of(new), code=code)) == (410, "code-expired")
    await come_in(way_in, token_of(new))
    late = await way_in.http.put(
        f"/api/cases/{case_id}/invitations/{old.json()['invitation_id']}/address",
        json={"email": "other@example.org"},
        headers=mira.cookie,
    )
    assert refusal(late) == (409, "invitation-already-used"), "a seat that is taken is not handed to another mailbox"


async def test_accepting_and_replacing_the_address_at_once_do_not_both_succeed(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    for turn in range(8):
        old = await invite(way_in, case_id, mira, "counsel", "business", email=f"old{turn}@example.org")
        visit = await way_in.visit(token_of(old), f"old{turn}@example.org")
        url = f"/api/cases/{case_id}/invitations/{old.json()['invitation_id']}/address"
        accepted, replaced = await asyncio.gather(
            accept(way_in, token_of(old), f"C{turn}", visit),
            way_in.http.put(url, json={"email": f"new{turn}@example.org"}, headers=mira.cookie),
        )
        assert sorted((accepted.status_code, replaced.status_code)) in ([200, 409], [200, 410])
        assert (accepted.status_code == 200) != (replaced.status_code == 200)


async def test_a_mail_that_waits_does_not_go_out_after_the_invitation_was_taken_back(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    made = await invite(way_in, case_id, mira, "principal", "client")
    url = f"/api/cases/{case_id}/invitations/{made.json()['invitation_id']}"
    assert (await way_in.http.delete(url, headers=mira.cookie)).status_code == 204
    assert (await way_in.http.delete(url, headers=mira.cookie)).status_code == 204, "twice is no error"
    assert await way_in.mails_to(DANA) == []


async def test_links_that_no_longer_work_say_why_and_tell_nothing_else(
    way_in: WayIn, case: tuple[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, mira = case
    revoked, expired = [await invite(way_in, case_id, mira, "principal", "client") for _ in range(2)]
    visit = await way_in.visit(token_of(revoked))
    gone = await way_in.http.delete(
        f"/api/cases/{case_id}/invitations/{revoked.json()['invitation_id']}", headers=mira.cookie
    )
    assert gone.status_code == 204
    later = clock.now() + sent.VALID_FOR
    monkeypatch.setattr(clock, "now", lambda: later)
    for token, expected in (
        (token_of(revoked), (410, "invitation-revoked")),
        (token_of(expired), (410, "invitation-expired")),
        ("A" * 43, (404, "invitation-unknown")),
        ("what is this", (404, "invitation-unknown")),
        ("", (404, "invitation-unknown")),
    ):
        for answer in (
            await ask(way_in, "preview", token),
            await ask(way_in, "code", token),
            await ask(way_in, "verify", token, code="123456"),
            await ask(way_in, "first-page", token, visit),
            await ask(way_in, "decline", token),
            await accept(way_in, token, "Dana", visit),
        ):
            assert refusal(answer) == expected
            assert "Example Studio" not in answer.text
            assert "set-cookie" not in answer.headers


async def test_each_side_sees_its_own_invitations_and_never_the_others(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    noa, dana = await way_in.person("Noa"), await way_in.person("Dana", kind="guest")
    await way_in.seat(case_id, noa, "mediator", None)
    await way_in.seat(case_id, dana, "principal", "client")
    made = {
        person.account_id: (await invite(way_in, case_id, person, role, party)).json()["invitation_id"]
        for person, role, party in ((mira, "manager", "business"), (dana, "counsel", "client"), (noa, "legal", None))
    }
    for person in (mira, noa, dana):
        [one] = await listed(way_in, case_id, person)
        assert (one["invitation_id"], one["state"]) == (made[person.account_id], "pending")
    for method, path, body in (
        ("DELETE", "", None),
        ("POST", "/resend", None),
        ("PUT", "/address", {"email": "mira@example.org"}),
    ):
        answers = [
            await way_in.http.request(
                method, f"/api/cases/{case_id}/invitations/{which}{path}", json=body, headers=mira.cookie
            )
            for which in (made[dana.account_id], new_id())
        ]
        assert [refusal(answer) for answer in answers] == [(404, "no-such-invitation")] * 2
        assert answers[0].content == answers[1].content


async def test_only_those_who_may_bring_somebody_in_can_invite(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    lee, lea = await way_in.person("Lee", kind="guest"), await way_in.person("Lea", kind="guest")
    await way_in.seat(case_id, lee, "counsel", "client")
    await way_in.seat(case_id, lea, "legal", None)
    for person, role, party in ((lee, "companion", "client"), (lea, "legal", None), (mira, "counsel", "client")):
        assert refusal(await invite(way_in, case_id, person, role, party)) == (403, "may-not-invite")
    for person in (lee, lea):
        answer = await way_in.http.get(f"/api/cases/{case_id}/invitations", headers=person.cookie)
        assert refusal(answer) == (403, "may-not-invite")


async def test_legal_readers_are_invited_by_either_side_and_by_the_mediator(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    noa, dana = await way_in.person("Noa"), await way_in.person("Dana", kind="guest")
    await way_in.seat(case_id, noa, "mediator", None)
    await way_in.seat(case_id, dana, "principal", "client")
    for person in (mira, noa, dana):
        assert (await invite(way_in, case_id, person, "legal", None)).status_code == 201


async def test_a_mediator_nobody_accepted_seats_nobody_beside_the_other_side(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    await come_in(way_in, token_of(await invite(way_in, case_id, mira, "principal", "client")))
    to_noa = token_of(await invite(way_in, case_id, mira, "mediator", None, email="noa@example.org"))
    answer = await come_in(way_in, to_noa, "Noa", "noa@example.org")
    noa = Person("", cookie(token_in(answer)), token_in(answer))
    assert refusal(await invite(way_in, case_id, noa, "principal", "client")) == (403, "may-not-invite")


async def test_the_inviter_sees_what_became_of_each(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    tokens = [
        token_of(await invite(way_in, case_id, mira, "manager", "business", name=f"M{n}", email=f"m{n}@example.org"))
        for n in range(3)
    ]
    assert {one["mail"] for one in await listed(way_in, case_id, mira)} == {"waiting"}
    accepted = (await come_in(way_in, tokens[0], "M0", "m0@example.org")).json()
    await ask(way_in, "decline", tokens[1])
    found = await listed(way_in, case_id, mira)
    assert {one["name"]: one["state"] for one in found} == {"M0": "accepted", "M1": "declined", "M2": "pending"}
    assert {one["mail"] for one in found} == {"sent"}
    [taken] = [one for one in found if one["name"] == "M0"]
    assert taken["accepted_by"] == accepted["participant_id"]
    late = await way_in.http.delete(f"/api/cases/{case_id}/invitations/{taken['invitation_id']}", headers=mira.cookie)
    assert refusal(late) == (409, "invitation-already-used")


async def test_inviting_again_with_the_same_command_gives_another_link_and_no_second_mail(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    command_id = new_id()
    lost, found = [
        token_of(await invite(way_in, case_id, mira, "principal", "client", command_id=command_id)) for _ in range(2)
    ]
    assert await way_in.pool.fetchval("SELECT count(*) FROM invitations") == 1
    assert len(await way_in.mails_to(DANA)) == 1
    for token in (lost, found):
        assert (await ask(way_in, "preview", token)).status_code == 200
    other = await invite(way_in, case_id, mira, "counsel", "business", command_id=command_id)
    assert refusal(other) == (409, "command-id-used")


async def test_a_side_can_have_only_so_many_open_invitations(
    way_in: WayIn, case: tuple[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, mira = case
    monkeypatch.setattr(sent, "MOST_PENDING", 2)
    for _ in range(2):
        assert (await invite(way_in, case_id, mira, "counsel", "business")).status_code == 201
    assert refusal(await invite(way_in, case_id, mira, "counsel", "business")) == (429, "too-many-invitations")
    later = clock.now() + sent.VALID_FOR + timedelta(days=1)
    await way_in.pool.execute("UPDATE sessions SET idle_until = $1, expires_at = $1", later + timedelta(days=1))
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await invite(way_in, case_id, mira, "counsel", "business")).status_code == 201


async def test_nobody_fills_a_strangers_mailbox_through_us(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    made = await invite(way_in, case_id, mira, "principal", "client")
    url = f"/api/cases/{case_id}/invitations/{made.json()['invitation_id']}/resend"
    answers = [await way_in.http.post(url, headers=mira.cookie) for _ in range(12)]
    assert refusal(answers[-1]) == (429, "too-many-tries")
    assert len(await way_in.mails_to(DANA)) <= 10


async def test_how_often_one_side_invites_an_address_tells_the_other_nothing_and_hinders_nobody(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    joined = await come_in(way_in, token_of(await invite(way_in, case_id, mira, "principal", "client")), "Dana")
    dana = Person("", cookie(token_in(joined)), token_in(joined))
    lawyer = "lawyer@example.org"
    assert (await invite(way_in, case_id, dana, "counsel", "client", email=lawyer)).status_code == 201
    tried = [await invite(way_in, case_id, mira, "counsel", "business", email=lawyer) for _ in range(11)]
    assert [answer.status_code for answer in tried] == [201] * 10 + [429], "as if nobody else had invited them"
    assert (await invite(way_in, case_id, dana, "counsel", "client", email=lawyer)).status_code == 201
