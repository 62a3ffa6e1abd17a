"""Live through a scenario by the commands people would give, as far as a stage."""

import uuid
from dataclasses import dataclass, field

from mediation import clock
from mediation.case import commands as c
from mediation.case.decide.ground import statement_hash
from mediation.case.terms import STAGES, Money, Party, Stage, caucus
from mediation.casework.handle import Casework
from mediation.demo import offices
from mediation.demo.scenarios import Character, Scenario
from mediation.identity import accounts, organisations
from mediation.identity.guards import Seat
from mediation.invitations import sent


def fresh() -> str:
    """A new command's id."""
    return uuid.uuid4().hex


@dataclass(slots=True)
class Story:
    """A case of a scenario, and everyone's seat in it."""

    casework: Casework
    scenario: Scenario
    case_id: str = ""
    seats: dict[str, Seat] = field(default_factory=dict)
    issues: list[str] = field(default_factory=list)

    def of(self, party: Party | None, *roles: str) -> Seat:
        """The first person of a side, or in a role."""
        wanted = roles or ("handler", "principal", "mediator")
        return next(s for s in self.seats.values() if s.party == party and s.role in wanted)

    async def do(self, seat: Seat, command: c.Command) -> str:
        """Give a command as one of the people; returns the id of what it made."""
        await self.casework.handle(seat, command, clock.now())
        return command.command_id

    async def until(self, stage: Stage) -> None:
        """Bring the dispute as far as the beginning of this stage."""
        mediator = self.of(None)
        await self._begin(mediator)
        chapters = {
            "perspectives": self._put_issues,
            "agenda": self._say_views,
            "exploring": self._endorse,
            "bargaining": self._find_common_ground,
            "drafting": self._bargain,
        }
        for reached in STAGES[1 : STAGES.index(stage) + 1]:
            if reached in chapters:
                await chapters[reached](mediator)
            await self.do(mediator, c.SetStage(command_id=fresh(), stage=reached))
        if stage == "follow-up" and self.scenario.outcome != "referred":
            await self.do(mediator, c.EndMediation(command_id=fresh(), outcome=self.scenario.outcome))

    async def seat_everyone(self, command_id: str) -> bool:
        """Open the case and let everyone join; False when this case is there already."""
        handler = next(p for p in self.scenario.people if p.role == "handler")
        handler_account = await self._account(handler)
        known = await self._seated(handler_account, command_id)
        if known:
            return False
        staff = {p.name: await self._account(p) for p in self.scenario.people if p.party != "client"}
        async with self.casework.pool.acquire() as conn:
            business = await offices.furnish(conn, self.scenario, staff)
        opened = c.OpenCase(
            command_id=command_id,
            title=self.scenario.title,
            category=self.scenario.category,
            account=self.scenario.account,
            business=self.scenario.business,
            client=self.scenario.client,
            opener="handler",
            amount=self.scenario.amount,
            fees=self.scenario.fees,
        )
        self.case_id, participant = await self.casework.open(
            handler_account, handler.name, opened, clock.now(), organisation_id=business
        )
        self.seats[handler.name] = Seat(
            self.case_id, participant, handler_account, handler.role, handler.party, handler.name
        )
        for person in self.scenario.people:
            if person is not handler:
                await self._join(person)
        return True

    async def _seated(self, handler_account: str, command_id: str) -> bool:
        case_id = self.casework.case_id_for(handler_account, command_id)
        async with self.casework.pool.acquire() as conn:
            rows = await conn.fetch("SELECT * FROM seats WHERE case_id = $1::text::uuid ORDER BY joined_at", case_id)
        self.case_id = case_id
        self.seats = {
            row["name"]: Seat(
                case_id, row["participant_id"].hex, row["account_id"].hex, row["role"], row["party"], row["name"]
            )
            for row in rows
        }
        return bool(rows)

    async def _account(self, person: Character) -> str:
        async with self.casework.pool.acquire() as conn:
            if person.party == "client":
                return await accounts.create_guest(conn, person.name, clock.now())
            email = offices.address_of(person.name)
            known = await accounts.find_by_email(conn, email)
            if known is not None:
                return known.account_id
            return await accounts.create_staff(conn, person.name, email, None, clock.now())

    async def _join(self, person: Character) -> None:
        account, participant = await self._account(person), fresh()
        async with self.casework.pool.acquire() as conn, conn.transaction():
            is_mediator = person.role == "mediator"
            seat = c.JoinCase(
                name=person.name,
                role=person.role,
                party=person.party,
                title=person.title,
                earlier_cases=await organisations.earlier_cases(conn, account, self.case_id) if is_mediator else None,
            )
            tell = await self.casework.join(conn, self.case_id, account, participant, seat, clock.now())
            if person.party == "client" and person.role == "principal":
                # As if by invitation: a code is mailed to this address when they sign.
                email = offices.address_of(person.name)
                await sent.make_accepted(conn, self.case_id, participant, email, "en", clock.now())
        tell()
        self.seats[person.name] = Seat(self.case_id, participant, account, person.role, person.party, person.name)

    async def _begin(self, mediator: Seat) -> None:
        await self.do(mediator, c.Disclose(command_id=fresh(), text=self.scenario.disclosure))
        for party in ("business", "client"):
            await self.do(self.of(party), c.AcceptMediator(command_id=fresh()))
        async with self.casework.pool.acquire() as conn:
            agreement = (await self.casework.view(conn, self.case_id, mediator.participant_id)).agreement
        for seat in self.seats.values():
            await self.do(seat, c.AcceptAgreement(command_id=fresh(), sha256=agreement.sha256))
        await self.do(mediator, c.OpenSession(command_id=fresh()))
        welcome = "Welcome, and thank you for being here. Each of you will speak without being interrupted."
        await self.do(mediator, c.PostMessage(command_id=fresh(), room="joint", text=welcome))
        business = self.of("business")
        if self.scenario.to_call:
            declared = c.DeclareAuthority(
                command_id=fresh(), can_agree=(business.participant_id,), to_call=self.scenario.to_call
            )
            await self.do(business, declared)

    async def _put_issues(self, mediator: Seat) -> None:
        for text in self.scenario.issues:
            self.issues.append(await self.do(mediator, c.PutIssue(command_id=fresh(), text=text)))

    async def _say_views(self, mediator: Seat) -> None:
        stated: list[tuple[Party, str]] = []
        for view in self.scenario.views:
            position = c.StatePosition(
                command_id=fresh(),
                issue=self.issues[view.issue],
                text=view.text,
                interest=view.interest,
                wants=view.wants,
            )
            stated.append((view.party, await self.do(self.of(view.party), position)))
        heard = next(position for party, position in stated if party == "client")
        reflected = c.ReflectPosition(command_id=fresh(), position=heard, text=self.scenario.reflection)
        reflection = await self.do(mediator, reflected)
        await self.do(self.of("client"), c.AnswerReflection(command_id=fresh(), reflection=reflection, heard=True))

    async def _endorse(self, _mediator: Seat) -> None:
        for issue in self.issues:
            for party in ("business", "client"):
                await self.do(self.of(party), c.EndorseIssue(command_id=fresh(), issue=issue))

    async def _find_common_ground(self, mediator: Seat) -> None:
        for shared in self.scenario.shared:
            issue = self.issues[shared.issue] if shared.issue is not None else None
            proposed = c.ProposeStatement(command_id=fresh(), kind=shared.kind, text=shared.text, issue=issue)
            statement = await self.do(mediator, proposed)
            text_hash = statement_hash(statement, shared.kind, shared.text)
            for party in ("business", "client"):
                assent = c.GiveAssent(command_id=fresh(), statement=statement, text_hash=text_hash)
                await self.do(self.of(party), assent)

    async def _bargain(self, mediator: Seat) -> None:
        for whisper in self.scenario.whispers:
            room, side = caucus(whisper.party), self.of(whisper.party)
            await self.do(mediator, c.OpenCaucus(command_id=fresh(), party=whisper.party))
            await self.do(side, c.PostMessage(command_id=fresh(), room=room, text=whisper.text))
            if whisper.what_if:
                asked = c.ProposeSharing(command_id=fresh(), room=room, form="what-if", text=whisper.what_if)
                sharing = await self.do(mediator, asked)
                await self.do(side, c.AllowSharing(command_id=fresh(), room=room, sharing=sharing))
                await self.do(mediator, c.PostShared(command_id=fresh(), room=room, sharing=sharing))
            await self.do(mediator, c.CloseCaucus(command_id=fresh(), party=whisper.party))
        last: str | None = None
        for bid in self.scenario.bids:
            amount = Money(bid.minor, self.scenario.amount.currency)
            offer = c.MakeOffer(command_id=fresh(), amount=amount, terms=bid.terms, in_answer_to=last)
            last = await self.do(self.of(bid.party), offer)
        if last is not None:
            answering: Party = "client" if self.scenario.bids[-1].party == "business" else "business"
            await self.do(self.of(answering), c.AnswerOffer(command_id=fresh(), offer=last, accepted=True))
