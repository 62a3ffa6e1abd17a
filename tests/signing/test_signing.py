"""Signing over HTTP: who may, how they show who they are, and what they sign; anything else is refused."""

import asyncio
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest

from mediation.case import commands as c
from mediation.identity.limits import Budget
from mediation.identity.passkeys import CHALLENGE_LASTS
from mediation.signing import routes
from signatories import Room, refused

# ── the whole way ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_both_sign_with_a_code_and_it_binds_at_once_when_nothing_is_waited_for(room: Room) -> None:
    await room.docket.do("client", c.WaiveTimeToThink)
    first = await room.sign("handler", name="Mira Example")
    assert first.status_code == 201, first.text
    [place] = first.json()["written"]
    assert place["room"] == "papers"
    signing = (await room.docket.sees("client")).signing
    assert signing is not None
    [signature] = signing.signatures
    assert (signature.name, signature.party, signature.identified_by) == ("Mira Example", "business", "code")
    second = await room.sign("client", authority="", name="Dana Client")
    assert second.status_code == 201, second.text
    assert (await room.docket.papers())[-4:] == [
        "SettlementSigned",
        "SettlementSigned",
        "SettlementEffective",
        "MediationEnded",
    ]


async def test_a_member_of_staff_signs_with_a_passkey(room: Room) -> None:
    headers = await room.docket.cookie("handler")
    key = await room.key_of("handler", headers)
    asked = await room.challenge("handler", headers)
    assert asked["options"]["userVerification"] == "required"
    assert len(asked["options"]["allowCredentials"]) == 1
    proof = {"challenge_id": asked["challenge_id"], "credential": key.prove(asked["options"])}
    body = await room.body("handler", **proof)
    answer = await room.ask("handler", "/signatures", headers, json=body)
    assert answer.status_code == 201, answer.text
    signing = (await room.docket.sees("client")).signing
    assert signing is not None
    assert [signature.identified_by for signature in signing.signatures] == ["passkey"]
    again = await room.ask("handler", "/signatures", headers, json=body)
    assert again.json() == answer.json(), "an answer that was lost is given again"
    other = await room.ask("handler", "/signatures", headers, json={**body, "command_id": uuid4().hex})
    assert refused(other) == "signed-already"


async def codes_mailed_to(room: Room, who: str) -> list[EmailMessage]:
    subjects = {"Ihr Code zum Unterschreiben", "Your code for signing"}
    return [mail for mail in await room.mails_to(who) if mail["Subject"] in subjects]


async def test_the_mail_with_the_code_says_nothing_of_the_text(room: Room) -> None:
    answer = await room.ask("handler", "/signing/code")
    assert answer.status_code == 202
    assert set(answer.json()) == {"expires_at", "again_after_s"}
    [mail] = await codes_mailed_to(room, "handler")
    for word in ("studio", "repays", "nine", "euro", "website", room.docket.case_id):
        assert word not in mail.get_content()
    again = await room.ask("handler", "/signing/code")
    assert again.status_code == 202
    assert len(await codes_mailed_to(room, "handler")) == 1, "pressing twice mails once"


# ── who they are ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_wrong_code_signs_nothing_and_after_five_tries_the_right_one_does_not_either(room: Room) -> None:
    code = await room.code_for("handler")
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for left in range(4, -1, -1):
        answer = await room.sign("handler", code=wrong)
        assert (answer.status_code, refused(answer), answer.json()["tries_left"]) == (422, "code-wrong", left)
    assert refused(await room.sign("handler", code=code)) == "too-many-tries"
    assert "SettlementSigned" not in await room.docket.papers()


async def test_a_code_works_for_ten_minutes(room: Room) -> None:
    code = await room.code_for("handler")
    room.time.now += timedelta(minutes=10)
    assert refused(await room.sign("handler", code=code)) == "code-expired"


async def test_nobody_signs_with_somebody_elses_code(room: Room) -> None:
    await room.docket.join("manager", "manager", "business")
    await room.docket.agree("manager")
    code = await room.code_for("handler")
    assert refused(await room.sign("manager", code=code)) == "code-expired"
    assert (await room.sign("handler", code=code)).status_code == 201


async def test_a_code_for_one_wording_signs_no_other(room: Room) -> None:
    code = await room.code_for("handler")
    await room.docket.do("handler", c.Reopen)
    await room.docket.agree_on("And the parties part as friends.")
    await room.docket.freeze()
    assert refused(await room.sign("handler", code=code)) == "code-expired"
    first = await room.body("handler", text_hash="0" * 64, code=code)
    assert refused(await room.ask("handler", "/signatures", json=first)) == "code-expired"


async def test_a_passkeys_answer_is_good_once_for_one_session_and_with_its_holder_there(room: Room) -> None:
    headers = await room.docket.cookie("handler")
    key = await room.key_of("handler", headers)

    async def sign(asked: dict[str, str], credential: object, of: dict[str, str] = headers) -> str:
        proof = {"challenge_id": asked["challenge_id"], "credential": credential}
        return refused(await room.ask("handler", "/signatures", of, json=await room.body("handler", **proof)))

    asked = await room.challenge("handler", headers)
    present_alone = key.prove(asked["options"], flags=0x01)
    assert await sign(asked, present_alone) == "passkey-does-not-show-it"
    assert await sign(asked, key.prove(asked["options"])) == "passkey-too-late", "tried once"
    asked = await room.challenge("handler", headers)
    elsewhere = await room.docket.cookie("handler")
    assert await sign(asked, key.prove(asked["options"]), elsewhere) == "passkey-too-late"
    asked = await room.challenge("handler", headers)
    room.time.now += CHALLENGE_LASTS
    assert await sign(asked, key.prove(asked["options"])) == "passkey-too-late"
    # What the door asked for to let somebody in is no signature.
    asked = (await room.http.post("/api/passkey-sign-in/options")).json()
    assert await sign(asked, key.prove(asked["options"])) == "passkey-too-late"
    # And the other way round: what was asked for to sign lets nobody in.
    asked = await room.challenge("handler", headers)
    proof = {"challenge_id": asked["challenge_id"], "credential": key.prove(asked["options"])}
    assert refused(await room.http.post("/api/passkey-sign-in", json=proof)) == "passkey-too-late"
    assert "SettlementSigned" not in await room.docket.papers()


async def test_whoever_holds_a_session_alone_signs_nothing_with_a_passkey_they_add(room: Room) -> None:
    """Its owner is mailed about it, and has a day to take it away."""
    headers = await room.docket.cookie("handler")
    stolen = await room.key_of("handler", headers, is_new=True)
    assert refused(await room.ask("handler", "/signing/passkey-options", headers)) == "no-passkey"
    await room.key_of("handler", headers)
    asked = await room.challenge("handler", headers)
    assert len(asked["options"]["allowCredentials"]) == 1
    proof = {"challenge_id": asked["challenge_id"], "credential": stolen.prove(asked["options"])}
    answer = await room.ask("handler", "/signatures", headers, json=await room.body("handler", **proof))
    assert refused(answer) == "passkey-does-not-show-it"


async def test_a_passkey_that_was_added_today_signs_nothing(room: Room) -> None:
    headers = await room.docket.cookie("handler")
    new = await room.key_of("handler", headers, is_new=True)
    assert refused(await room.ask("handler", "/signing/passkey-options", headers)) == "no-passkey"
    # Nor does it answer for an older one.
    old = await room.key_of("handler", headers)
    assert old is not new
    asked = await room.challenge("handler", headers)
    proof = {"challenge_id": asked["challenge_id"], "credential": new.prove(asked["options"])}
    answer = await room.ask("handler", "/signatures", headers, json=await room.body("handler", **proof))
    assert refused(answer) == "passkey-does-not-show-it"


async def test_somebody_elses_passkey_signs_nothing(room: Room) -> None:
    await room.docket.join("manager", "manager", "business")
    await room.docket.agree("manager")
    handlers, managers = await room.docket.cookie("handler"), await room.docket.cookie("manager")
    await room.key_of("handler", handlers)
    other = await room.key_of("manager", managers)
    asked = await room.challenge("handler", handlers)
    proof = {"challenge_id": asked["challenge_id"], "credential": other.prove(asked["options"])}
    answer = await room.ask("handler", "/signatures", handlers, json=await room.body("handler", **proof))
    assert refused(answer) == "passkey-does-not-show-it"


async def test_asking_and_trying_are_bounded_for_each_account(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "_TRIES", Budget("signing", 3))
    code = await room.code_for("handler")
    for _ in range(2):
        assert refused(await room.sign("handler", code="nothing")) == "code-wrong"
    answer = await room.sign("handler", code=code)
    assert refused(answer) == "too-many-tries"
    assert answer.headers["retry-after"] == "900"
    assert refused(await room.ask("client", "/signing/code")) == "not-yet-time-to-sign", "nobody else is held up"
    room.time.now += timedelta(minutes=15)
    assert refused(await room.sign("handler", code=code)) == "code-expired"


async def test_whoever_has_no_passkey_or_no_address_is_told_what_else_there_is(room: Room) -> None:
    await room.docket.do("client", c.WaiveTimeToThink)
    assert refused(await room.ask("client", "/signing/passkey-options")) == "no-passkey"
    async with room.docket.casework.pool.acquire() as conn:
        await conn.execute("UPDATE invitations SET accepted_by = NULL, accepted_at = NULL, accepted_with = NULL")
    assert refused(await room.ask("client", "/signing/code")) == "address-unknown"


# ── what is sent ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_nobody_signs_without_saying_that_they_sign_electronically(room: Room) -> None:
    code = await room.code_for("handler")
    assert refused(await room.sign("handler", code=code, consent=False)) == "consent-needed"
    body = await room.body("handler", code=code)
    del body["consent"]
    assert refused(await room.ask("handler", "/signatures", json=body)) == "invalid-input"
    # The code still stands.
    assert (await room.sign("handler", code=code)).status_code == 201


async def test_what_does_not_fit_is_refused_and_the_code_still_stands(room: Room) -> None:
    code = await room.code_for("handler")
    for fields, refusal in (
        ({"code": None}, "proof-needed"),
        ({"challenge_id": "1" * 32, "credential": None, "code": None}, "proof-needed"),
        ({"identified_by": "passkey"}, "invalid-input"),
        ({"capacity": "judge"}, "invalid-input"),
        ({"name": "x" * 201}, "invalid-input"),
        ({"name": "D\u0430na"}, "name-mixes-alphabets"),
        ({"code": "1" * 21}, "invalid-input"),
        ({"authority": ""}, "authority-needed"),
        ({"place": " "}, "nothing-said"),
        ({"text_hash": "0" * 64}, "code-expired"),
    ):
        body = await room.body("handler", **{"code": code, **fields})
        assert refused(await room.ask("handler", "/signatures", json=body)) == refusal, fields
    assert (await room.sign("handler", code=code)).status_code == 201


async def test_the_same_signature_sent_again_has_the_same_answer_and_another_under_its_id_is_refused(
    room: Room,
) -> None:
    body = await room.body("handler", code=await room.code_for("handler"))
    first = await room.ask("handler", "/signatures", json=body)
    room.time.now += timedelta(hours=1)
    again = await room.ask("handler", "/signatures", json=body)
    assert (again.status_code, again.json()) == (201, first.json())
    assert refused(await room.ask("handler", "/signatures", json={**body, "place": "Ulm"})) == "command-id-reused"
    assert (await room.docket.papers()).count("SettlementSigned") == 1


async def test_a_used_code_signs_nothing_more(room: Room) -> None:
    code = await room.code_for("handler")
    assert (await room.sign("handler", code=code)).status_code == 201
    await room.docket.do("handler", c.TakeBackSignature)
    await room.docket.agree_to_all()
    await room.docket.freeze()
    answer = await room.sign("handler", code=code)
    assert refused(answer) == "code-expired", "the very same wording, frozen again"


async def test_of_two_who_sign_for_one_side_at_once_one_does(room: Room) -> None:
    await room.docket.join("manager", "manager", "business")
    await room.docket.agree("manager")
    people = ("handler", "manager")
    codes = [await room.code_for(who) for who in people]
    answers = await asyncio.gather(*(room.sign(who, code=code) for who, code in zip(people, codes, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert [refused(answer) for answer in answers if answer.status_code != 201] == ["signed-already"]
    assert (await room.docket.papers()).count("SettlementSigned") == 1


async def test_the_same_signature_twice_at_once_is_one(room: Room) -> None:
    body = await room.body("handler", code=await room.code_for("handler"))
    answers = await asyncio.gather(*(room.ask("handler", "/signatures", json=body) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert (await room.docket.papers()).count("SettlementSigned") == 1


# ── who may ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_nobody_is_mailed_a_code_who_cannot_sign_now(room: Room) -> None:
    await room.docket.join("counsel", "counsel", "business")
    await room.docket.agree("counsel")
    await room.docket.join("companion", "companion", "client")
    await room.docket.agree("companion")
    for who, refusal in (
        ("mediator", "for-the-sides"),
        ("companion", "for-those-who-can-agree"),
        ("client", "not-yet-time-to-sign"),
    ):
        for path in ("/signing/code", "/signing/passkey-options"):
            assert refused(await room.ask(who, path)) == refusal
        assert refused(await room.sign(who, code="000000")) == refusal
        assert await codes_mailed_to(room, who) == []
    assert refused(await room.ask("counsel", "/signing/code")) == "for-those-who-can-agree"
    await room.docket.do("mediator", c.RemoveParticipant, participant=room.docket.seats["counsel"].participant_id)
    assert refused(await room.ask("counsel", "/signing/code")) == "not-on-this-case"
    assert refused(await room.sign("counsel", code="000000")) == "not-on-this-case"
    assert (await room.sign("handler")).status_code == 201
    assert refused(await room.ask("handler", "/signing/code")) == "signed-already"


async def test_whoever_can_agree_today_signs(room: Room) -> None:
    await room.docket.join("manager", "manager", "business")
    await room.docket.agree("manager")
    handler, manager = room.docket.seats["handler"], room.docket.seats["manager"]
    code = await room.code_for("handler")
    await room.docket.do("handler", c.DeclareAuthority, can_agree=(manager.participant_id,))
    assert handler.participant_id != manager.participant_id
    assert refused(await room.sign("handler", code=code)) == "for-those-who-can-agree"
    assert (await room.sign("manager")).status_code == 201


async def test_nothing_is_signed_before_the_text_is_frozen_or_once_it_is_worked_on_again(room: Room) -> None:
    code = await room.code_for("handler")
    await room.docket.do("client", c.Reopen)
    assert refused(await room.ask("handler", "/signing/code")) == "text-is-not-frozen"
    assert refused(await room.sign("handler", code=code)) == "text-is-not-frozen"


async def test_a_command_that_only_the_server_makes_does_not_come_over_the_wire(room: Room) -> None:
    assert c.SignSettlement not in c.COLLECTIONS
    forged = {**await room.body("handler"), "identified_by": "passkey"}
    for path in ("/signatures", "/sign-settlements", "/settlement-signatures"):
        answer = await room.ask("handler", path, json=forged)
        assert answer.status_code in {400, 404, 405}
    assert "SettlementSigned" not in await room.docket.papers()
