"""What crosses the wire about notices: what is new, how one wants to be told, and webhooks with their log."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from mediation.case.terms import Hex32, Room
from mediation.notices.kinds import Kind, Part
from mediation.notices.timing import How

Hour = Annotated[
    str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5, description="HH:MM on the wall clock")
]
Zone = Annotated[str, Meta(min_length=1, max_length=64, pattern="^[A-Za-z0-9_+/-]+$(?!\\n)", description="IANA name")]
Upto = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Url = Annotated[str, Meta(min_length=1, max_length=500, pattern="^[\\x21-\\x7e]+$(?!\\n)")]


class NoticeView(Struct, frozen=True, kw_only=True):
    """Something that its reader was told of: the entry `seq` of a room that they are in, and whatever came with it.

    `parts` is what an act of the ladder consisted of, in its order. `due_at`, and `last_day` by the case's calendar,
    are as they are now, and null once nothing is due. `calendar`: there is a file for a calendar.
    """

    notice: Hex32
    case: Hex32
    room: str
    seq: int
    kind: Kind
    at: datetime
    due_at: datetime | None
    last_day: date | None
    parts: list[Part]
    calendar: bool
    read_at: datetime | None


class RoomWish(Struct, frozen=True, kw_only=True):
    """How somebody wants to be told of one room."""

    room: str
    how: How


class CaseNotices(Struct, frozen=True, kw_only=True):
    """What is new for somebody on a case, the newest first, and how they want to be told of single rooms."""

    notices: list[NoticeView]
    wishes: list[RoomWish]


class AccountNotices(Struct, frozen=True, kw_only=True):
    """What is new for somebody in all their cases, unread and the newest first."""

    notices: list[NoticeView]


class MarkRead(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A room has been read up to an entry."""

    room: Room
    upto: Upto


class WishForRoom(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How one wants to be told of one room; null for as everywhere else."""

    room: Room
    how: How | None


class QuietHours(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Hours in which nothing is mailed, on one's own clock; over midnight when they end before they begin."""

    begins: Hour
    ends: Hour


class NoticeWishes(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How one wants to be told. `awaits`: what waits for oneself; `news`: what is there to be read.

    What has legal effect (an answer that is asked for, steps, signing, endings) is mailed whatever these say.
    """

    awaits: How
    news: How
    digest_at: Hour
    quiet: QuietHours | None
    zone: Zone


# ── webhooks ────────────────────────────────────────────────────────────────────────────────────────────────────────


class DeliveryView(Struct, frozen=True, kw_only=True):
    """One delivery and how it went. `next_try_at` is null once it was taken, or given up."""

    delivery: Hex32
    kind: str
    case: Hex32 | None
    at: datetime
    tries: int
    tried_at: datetime | None
    status: int | None
    failure: str | None
    delivered_at: datetime | None
    failed_at: datetime | None
    next_try_at: datetime | None


class WebhookView(Struct, frozen=True, kw_only=True):
    """Where an organisation's systems are told, and the newest deliveries. `url` is null while there is no hook.

    `secret` is there in the answer that made it, and never again. `former_until`: until then the secret before it
    signs as well.
    """

    organisation: str
    url: str | None
    enabled: bool
    changed_by: str | None
    changed_at: datetime | None
    former_until: datetime | None
    deliveries: list[DeliveryView]
    secret: str | None = None


class SetWebhook(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the organisation's systems are told, and whether they are."""

    url: Url
    enabled: bool
