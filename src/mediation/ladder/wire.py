"""What crosses the wire about the ladders that a business makes."""

from datetime import date, datetime
from typing import Annotated, Literal

from litestar.params import PathParameter
from msgspec import Meta, Struct

from mediation.case.dry_run import DryRun
from mediation.case.policy import Policy
from mediation.case.terms import Hex32
from mediation.casework.policies import StepReach

ForWhich = Literal["general", "billing", "timeline", "scope", "quality", "conduct", "other"]
"""A kind of dispute, or `general`: all that have no ladder of their own."""
# `FromPath` leaves the bounds of an annotated type unread; this form checks them.
PathCategory = Annotated[str, PathParameter(pattern="^(general|billing|timeline|scope|quality|conduct|other)$(?!\\n)")]
PathCountry = Annotated[str, PathParameter(pattern="^[A-Z]{2}$(?!\\n)")]


class WritePolicy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A version of a ladder; its number counts, not the one inside the policy. A retired one is used no more.

    `reach` says how the people of a step are reached, in the order in which the policy names them. It stays beside the
    policy: the papers of a case hold their names alone.
    """

    version: Annotated[int, Meta(ge=1, le=10_000, description="the one after what was read; 1 for the first")]
    policy: Policy
    retired: bool = False
    reach: Annotated[tuple[StepReach, ...], Meta(max_length=5)] = ()


class PolicyVersion(Struct, frozen=True, kw_only=True):
    """A ladder as the business's leads see it; `by` wrote this version."""

    category: ForWhich
    version: int
    policy: Policy
    reach: tuple[StepReach, ...]
    retired: bool
    by: str
    at: datetime


class PolicyVersions(Struct, frozen=True, kw_only=True):
    """How a ladder was over time, the newest version first."""

    versions: list[PolicyVersion]


class Member(Struct, frozen=True, kw_only=True):
    """Somebody who works for the business and can be named at a step."""

    account: Hex32
    name: str
    email: str


class BusinessPolicies(Struct, frozen=True, kw_only=True):
    """A business's name, the newest version of each of its ladders, and the portal's, which stands in for them."""

    business: str
    members: list[Member]
    policies: list[PolicyVersion]
    default: Policy


class TryPolicy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ladder to be tried on a dispute that nobody has opened."""

    policy: Policy
    supposed: DryRun


class Region(Struct, frozen=True, kw_only=True):
    """A part of a country with holidays of its own."""

    code: str
    name: str


class Country(Struct, frozen=True, kw_only=True):
    """A country whose holidays are known; `code` by ISO 3166-1."""

    code: str
    name: str
    regions: list[Region]


class Calendars(Struct, frozen=True, kw_only=True):
    """From what a calendar can be made: countries by name, and time zones."""

    countries: list[Country]
    zones: list[str]


class Holiday(Struct, frozen=True, kw_only=True):
    """A day on which people of a place do not work."""

    day: date
    name: str


class Holidays(Struct, frozen=True, kw_only=True):
    """The holidays of a place from this year on, in their order, and the last year for which they are known."""

    until: int
    days: list[Holiday]
