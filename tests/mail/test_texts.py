"""What mails say: in both languages, with nothing of the dispute, and nothing that a name could smuggle in."""

import datetime as dt
from collections.abc import Callable
from email.policy import SMTP
from typing import get_args

import pytest

from mediation.case.terms import Category
from mediation.mail import notice_texts, texts
from mediation.mail.message import Language, Message, checked_address, put_together
from mediation.notices.calendar import deadline_file
from mediation.notices.kinds import Kind as NoticeKind
from mediation.notices.kinds import Part

DAY = dt.datetime(2026, 3, 2, 17, 5, tzinfo=dt.UTC)
LINK = "https://portal.example/join#token"
TO = "dana@example.org"

ALL: dict[str, Callable[[Language], Message]] = {
    "invitation": lambda language: texts.invitation(TO, language, "Example Studio", "quality", LINK, DAY),
    "called": lambda language: texts.called(TO, language, "Example Studio", "quality", LINK, DAY),
    "invitation-reminder": lambda language: texts.invitation_reminder(TO, language, "Example Studio", LINK, DAY),
    "intake-reminder": lambda language: texts.intake_reminder(TO, language, LINK),
    "code": lambda language: texts.code(TO, language, "012345", 10),
    "signing-code": lambda language: texts.signing_code(TO, language, "012345", 10),
    "settled": lambda language: texts.settled(TO, language, LINK, DAY, 12, "a" * 64, "b" * 64),
    "mention": lambda language: texts.mentioned(TO, language, LINK),
    **{
        f"notice-{kind}": lambda language, kind=kind: notice_texts.about(TO, language, kind, LINK)  # type: ignore[misc]
        for kind in get_args(NoticeKind)
        if kind not in {"mention", "in-effect"}
    },
    **{
        f"part-{part}": lambda language, part=part: notice_texts.about(  # type: ignore[misc]
            TO, language, "step", LINK, parts=(part,), hours="2 March 2026, 10:00 – 11:00 (UTC)"
        )
        for part in get_args(Part)
    },
    "notice-by-a-day": lambda language: notice_texts.about(
        TO, language, "served", LINK, parts=("to-management", "asked"), until=DAY, calendars=("BEGIN",)
    ),
    "notice-while-limits-stand-still": lambda language: notice_texts.about(TO, language, "step", LINK, still_until=DAY),
    "digest": lambda language: notice_texts.digest(TO, language, 3, LINK),
    "webhook": lambda language: notice_texts.webhook_given_up(TO, language, LINK),
    "acknowledgement": lambda language: texts.acknowledgement(TO, language, "Example Studio", LINK, DAY),
    "intake-notice": lambda language: texts.intake_notice(TO, language, LINK, DAY),
    "password": lambda language: texts.password_reset(TO, language, LINK, DAY),
    "complaint-waiting": lambda language: texts.complaint_waiting(TO, language, LINK),
    "account-password": lambda language: texts.account_changed(TO, language, "password", LINK),
    "account-passkey": lambda language: texts.account_changed(TO, language, "passkey", LINK),
    "first-password": lambda language: texts.first_password(TO, language, LINK, DAY),
}


@pytest.mark.parametrize("kind", ALL)
def test_every_mail_speaks_both_languages_and_carries_its_key_once(kind: str) -> None:
    english, german = ALL[kind]("en"), ALL[kind]("de")
    assert english.subject != german.subject
    assert english.body != german.body
    for message in (english, german):
        assert message.key in {LINK, "012345"}
        assert message.body.count(message.key) == 1
        assert message.key not in message.subject, "a subject shows on a locked phone"
        mail = put_together(message, "ab" * 16, "mediation@portal.example", DAY)
        assert mail["Content-Language"] == message.language
        assert mail["Message-ID"] == f"<{'ab' * 16}@portal.example>"
        assert mail.as_bytes(policy=SMTP).isascii(), "every server takes it"


def test_a_mail_of_a_step_says_what_it_is_what_is_asked_until_when_and_that_time_limits_may_run() -> None:
    body = ALL["notice-by-a-day"]("en").body
    places = [
        body.index(said)
        for said in (
            "The step now: management joins in",
            "You are asked for an answer",
            "Until: 2 March 2026",
            "Legal time limits may be running",
            "for your calendar",
            LINK,
        )
    ]
    assert places == sorted(places)


def test_a_part_of_a_mail_says_whether_a_calendar_takes_it_in_or_out() -> None:
    given = {"uid": "1@p", "due_at": DAY, "zone": "UTC", "language": "en", "url": LINK, "now": DAY}
    files = tuple(deadline_file(**given, sequence=n, cancelled=n == 1).decode() for n in (0, 1))  # type: ignore[arg-type]
    message = notice_texts.about(TO, "en", "time", LINK, calendars=files)
    parts = list(put_together(message, "ab" * 16, "mediation@portal.example", DAY).iter_attachments())
    found = [(part.get_content_type(), part["Content-Type"].params["method"], part.get_filename()) for part in parts]
    assert found == [("text/calendar", "PUBLISH", "date.ics"), ("text/calendar", "CANCEL", "date-2.ics")]


def test_days_are_written_as_people_write_them() -> None:
    assert "2 March 2026" in texts.acknowledgement(TO, "en", "Studio", LINK, DAY).body
    assert "2. März 2026" in texts.acknowledgement(TO, "de", "Studio", LINK, DAY).body


@pytest.mark.parametrize("category", get_args(Category))
def test_every_kind_of_dispute_has_words(category: Category) -> None:
    assert texts.invitation(TO, "de", "Studio", category, LINK, DAY).body.count(".\n")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Studio\r\nBcc: all@example.org", "Studio Bcc: all@example.org invites"),
        ("Win at https://evil.example/now", "Win at https evil.example/now invites"),
        ("www.evil.example", "www evil.example invites"),
        ("<b>Studio</b>", "b Studio /b invites"),
        ("x" * 200, "x" * 120 + "… invites"),
    ],
)
def test_a_name_stays_a_name(name: str, shown: str) -> None:
    """Whoever invites chooses their side's name, and we put our own behind it."""
    assert texts.invitation(TO, "en", name, "quality", LINK, DAY).body.startswith(shown)


@pytest.mark.parametrize("text", ["dana@example.org", " Dana@EXAMPLE.org ", "d.b+c@mail.example.org", "root@localhost"])
def test_an_address_is_kept_trimmed_and_in_lower_case(text: str) -> None:
    assert checked_address(text) == text.strip().lower()


@pytest.mark.parametrize(
    "text",
    [
        *("dana", "@example.org", "dana@", "a@b@c.org", "dana@example..org", ".dana@example.org", "da..na@example.org"),
        *("dana@example.org\r\nBcc: all@example.org", "dana@example.org,eve@example.org", "Dana <dana@example.org>"),
        *("dаna@example.org", "dana@exämple.org", "dana@-example.org", f"{'d' * 65}@example.org", f"d@{'e' * 250}.org"),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        checked_address(text)
