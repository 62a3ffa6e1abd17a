"""What crosses the wire about signing."""

from msgspec import Struct

from mediation.case.terms import Capacity, Hex32, Line, OptionalLine, Sha256
from mediation.identity.codes import Code
from mediation.identity.wire import Proof


class Sign(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Sign by name, and show who is there: with the code that was mailed, or with a passkey.

    `consent` is to signing electronically, in the words of the page; without it nothing is signed. The same
    `command_id` again, with the same fields, gives the same answer and asks for no further proof.
    """

    command_id: Hex32
    text_hash: Sha256
    name: Line
    capacity: Capacity
    place: Line
    authority: OptionalLine = ""
    consent: bool
    code: Code | None = None
    challenge_id: Hex32 | None = None
    credential: Proof | None = None
