"""What crosses the wire about signing."""

from typing import Annotated

from msgspec import Meta, Struct

from mediation.case.terms import PRINTABLE, Capacity, Hex32, Line, Sha256
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
    authority: Annotated[str, Meta(max_length=200, pattern=PRINTABLE)] = ""
    consent: bool
    code: Code | None = None
    challenge_id: Hex32 | None = None
    credential: Proof | None = None
