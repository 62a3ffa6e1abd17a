"""Who the people of the demo disputes work for, and whoever manages the accounts: made once, found again later."""

import re
import uuid
from typing import Final

from mediation import clock
from mediation.db import Connection
from mediation.demo import ladders
from mediation.demo.scenarios import Scenario
from mediation.identity import accounts, organisations, ready_clauses
from mediation.identity.wire import AddOrganisation, MemberRole, WriteClause

ADMINISTRATOR: Final = "Robin Vale"
_PROVIDER: Final = "Harbour Mediation"
_READY: Final = (
    WriteClause(
        version=1,
        language="en",
        title="Acceptance after a trial",
        words="[Who] tries [what] out for [14] days from [date]. What does not work as agreed is reported in writing "
        "and put right within [10] working days, at no cost.\nWhat works after that counts as delivered.",
        means="There is a time to try it out. What you report in that time is put right; what you leave out may stay.",
        takes_rights=True,
    ),
    WriteClause(
        version=1,
        language="en",
        title="Costs of the mediation",
        words="The fee of the mediator is borne by [the business] alone. Beyond that each side bears its own costs.",
        means="It says who pays the mediator. Your own costs, such as those of a lawyer, stay with you.",
        takes_rights=False,
    ),
)


def address_of(name: str) -> str:
    """An address at which nobody can be reached, for somebody in a demo."""
    return f"{_plain(name, '.')}@demo.invalid"


def page_of(business: str) -> str:
    """The short name under which a demo business has its own page, `/to/<short name>`."""
    return _plain(business, "-")


def _plain(name: str, between: str) -> str:
    return re.sub("[^a-z0-9]+", between, name.lower()).strip(between)


async def office_of(conn: Connection, name: str, kind: str, place: str = "") -> str:
    """The organisation of this name, made if it is not there yet; returns its id."""
    organisation_id = uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{kind}:{name}").hex
    wanted = AddOrganisation(
        command_id=organisation_id,
        kind="provider" if kind == "provider" else "business",
        name=name,
        slug=page_of(name),
        place=place,
        email=address_of(f"office {name}"),
    )
    await organisations.add(conn, organisation_id, wanted, clock.now())
    return organisation_id


async def furnish(conn: Connection, scenario: Scenario, staff: dict[str, str]) -> str:
    """Give everyone with an account their organisation, and the business its ladder.

    `staff` maps names to accounts. Returns the business's id.
    """
    business = await office_of(conn, scenario.business.name, "business", scenario.business.place)
    provider = await office_of(conn, _PROVIDER, "provider")
    for person in scenario.people:
        if person.name in staff and person.role in {"handler", "manager"}:
            role: MemberRole = "lead" if person.role == "manager" else "staff"
            await organisations.put_member(conn, business, staff[person.name], role)
        elif person.name in staff and person.role == "mediator":
            await organisations.put_member(conn, provider, staff[person.name], "staff")
    lead = next(person.name for person in scenario.people if person.role == "manager")
    await ladders.put_up(conn, business, scenario, staff[lead])
    return business


async def administrator(conn: Connection) -> str:
    """The account that manages the others and leads the provider: it has no seat on any case."""
    known = await accounts.find_by_email(conn, address_of(ADMINISTRATOR))
    if known is not None:
        return known.account_id
    made = await accounts.create_staff(
        conn, ADMINISTRATOR, address_of(ADMINISTRATOR), None, clock.now(), administrator=True
    )
    provider = await office_of(conn, _PROVIDER, "provider")
    await organisations.put_member(conn, provider, made, "lead")
    for clause in _READY:
        clause_id = uuid.uuid5(uuid.NAMESPACE_URL, f"demo:clause:{clause.title}").hex
        await ready_clauses.write(conn, provider, clause_id, clause, made, clock.now())
    return made
