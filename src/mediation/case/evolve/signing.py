"""A frozen text on its way to both signatures."""

from msgspec.structs import replace

from mediation.case import events
from mediation.case.state import Signature, Signing, Told


def evolve_signing(signing: Signing | None, told: Told) -> Signing | None:
    """Where the signing stands after one more paper."""
    if isinstance(told.event, events.SettlementFrozen):
        frozen = told.event
        return Signing(
            document=frozen.document,
            text_hash=frozen.text_hash,
            partial=frozen.partial,
            frozen_at=told.at,
            sign_from=frozen.sign_from,
            days_to_withdraw=frozen.days_to_withdraw,
            language=frozen.language,
        )
    if signing is None or isinstance(told.event, events.SettlementReopened):
        return None
    match told.event:
        case events.SettlementSigned() as signed:
            signature = Signature(
                participant=told.actor,
                at=told.at,
                name=signed.name,
                capacity=signed.capacity,
                place=signed.place,
                authority=signed.authority,
                identified_by=signed.identified_by,
            )
            return replace(signing, signatures=signing.signatures.set(signed.party, signature))
        case events.SignatureTakenBack(party=party) if party in signing.signatures:
            return replace(signing, signatures=signing.signatures.delete(party))
        case events.TimeToThinkWaived():
            return replace(signing, waived=True)
        case events.SettlementEffective():
            return replace(signing, effective_at=told.at)
        case _:
            return signing
