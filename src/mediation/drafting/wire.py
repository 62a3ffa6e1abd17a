"""The frames of the Hocuspocus protocol (provider 4.x): bytes to messages and back. Pure.

A frame is `varString address`, `varUint type`, payload, in lib0's encoding (unsigned integers in groups of seven
bits, low group first; strings and byte arrays with their length in front). The address is the document's name, or the
name, a zero character and the provider's own session id. A frame of one byte is a ping or pong of the connection.
Protocol: github.com/ueberdosis/hocuspocus, packages/provider/src and packages/server/src.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

FRAME_LIMIT: Final = 1 << 20
"""Bytes of one frame, in either direction from a client."""
_ADDRESS_LIMIT: Final = 200
_SAFE_INTEGER: Final = (1 << 53) - 1
_GROUP: Final = 0x80


class Malformed(ValueError):  # noqa: N818 - reads as the sentence it is
    """The bytes are no frame of the protocol; the message says where they stop making sense."""


class Type(IntEnum):
    """What a frame is about."""

    SYNC = 0
    AWARENESS = 1
    AUTH = 2
    QUERY_AWARENESS = 3
    SYNC_REPLY = 4
    STATELESS = 5
    BROADCAST_STATELESS = 6
    CLOSE = 7
    SYNC_STATUS = 8
    PING = 9
    PONG = 10


_STATE, _DIFFERENCE, _UPDATE = 0, 1, 2
_TOKEN, _DENIED, _AUTHENTICATED = 0, 1, 2

PING: Final = bytes([Type.PING])
PONG: Final = bytes([Type.PONG])


@dataclass(frozen=True, slots=True)
class Token:
    """The provider introduces itself. What it holds is not looked at: the session cookie has authenticated."""


@dataclass(frozen=True, slots=True)
class State:
    """What the client has (a Yjs state vector); asks for the rest."""

    vector: bytes


@dataclass(frozen=True, slots=True)
class Difference:
    """The answer to our own `State`: everything the client has and we said we had not."""

    update: bytes


@dataclass(frozen=True, slots=True)
class Update:
    """An edit."""

    update: bytes


@dataclass(frozen=True, slots=True)
class Awareness:
    """Cursors, still encoded."""

    update: bytes


@dataclass(frozen=True, slots=True)
class QueryAwareness:
    """Asks for everybody's cursors."""


@dataclass(frozen=True, slots=True)
class Stateless:
    """A free text of the protocol, for which we have no use."""


@dataclass(frozen=True, slots=True)
class BroadcastStateless:
    """A frame between Hocuspocus servers, never a client's to send."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The provider lets go of this document; the socket stays."""


@dataclass(frozen=True, slots=True)
class Ping:
    """Asks whether we are there."""


@dataclass(frozen=True, slots=True)
class Pong:
    """The client is there."""


Message: TypeAlias = (
    Token
    | State
    | Difference
    | Update
    | Awareness
    | QueryAwareness
    | Stateless
    | BroadcastStateless
    | Leave
    | Ping
    | Pong
)

_EMPTY: Final[Mapping[int, Message]] = {
    Type.QUERY_AWARENESS: QueryAwareness(),
    Type.STATELESS: Stateless(),
    Type.BROADCAST_STATELESS: BroadcastStateless(),
    Type.CLOSE: Leave(),
}


def read_var_uint(data: bytes, at: int) -> tuple[int, int]:
    """The unsigned integer at `at` and the place after it. Raises `Malformed` when cut short or above 2^53-1."""
    value = shift = 0
    size = len(data)
    while True:
        if at >= size:
            raise Malformed("the frame ends inside a number")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < _GROUP:
            if value > _SAFE_INTEGER:
                raise Malformed("a number is larger than 2^53-1")
            return value, at
        shift += 7
        if shift > 56:  # noqa: PLR2004 - nine groups hold every number up to 2^53-1 and no more is read
            raise Malformed("a number is larger than 2^53-1")


def read_var_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    """The byte array at `at` and the place after it. Raises `Malformed` when it is cut short."""
    length, at = read_var_uint(data, at)
    end = at + length
    if end > len(data):
        raise Malformed("the frame ends inside a byte array")
    return data[at:end], end


def read_var_string(data: bytes, at: int) -> tuple[str, int]:
    """The UTF-8 string at `at` and the place after it. Raises `Malformed`."""
    encoded, at = read_var_bytes(data, at)
    try:
        return encoded.decode(), at
    except UnicodeDecodeError as error:
        raise Malformed("a string is not UTF-8") from error


def var_uint(value: int) -> bytes:
    """`value` in groups of seven bits, low group first."""
    out = bytearray()
    while value >= _GROUP:
        out.append(value & 0x7F | _GROUP)
        value >>= 7
    out.append(value)
    return bytes(out)


def var_bytes(value: bytes) -> bytes:
    """`value` with its length in front."""
    return var_uint(len(value)) + value


def var_string(value: str) -> bytes:
    """`value` as UTF-8 with its length in bytes in front."""
    return var_bytes(value.encode())


def decode(data: bytes) -> tuple[str, Message]:
    """The address (empty for a ping or pong of the connection) and the message of one frame.

    Raises `Malformed` for anything a provider would not send.
    """
    if len(data) > FRAME_LIMIT:
        raise Malformed("the frame is too large")
    if data == PING:
        return "", Ping()
    if data == PONG:
        return "", Pong()
    address, at = read_var_string(data, 0)
    if not address or len(address) > _ADDRESS_LIMIT:
        raise Malformed("the frame has no usable address")
    kind, at = read_var_uint(data, at)
    if kind in _EMPTY:
        # What follows, if anything, is a text that has no use here.
        return address, _EMPTY[kind]
    match kind:
        case Type.SYNC | Type.SYNC_REPLY:
            message = _sync(data, at)
        case Type.AWARENESS:
            update, at = read_var_bytes(data, at)
            message = _whole(Awareness(update), data, at)
        case Type.AUTH:
            message = _auth(data, at)
        case _:
            raise Malformed(f"a client does not send frames of type {kind}")
    return address, message


def _sync(data: bytes, at: int) -> Message:
    kind, at = read_var_uint(data, at)
    payload, at = read_var_bytes(data, at)
    match kind:
        case 0:
            return _whole(State(payload), data, at)
        case 1:
            return _whole(Difference(payload), data, at)
        case 2:
            return _whole(Update(payload), data, at)
        case _:
            raise Malformed(f"there is no sync message of type {kind}")


def _auth(data: bytes, at: int) -> Token:
    kind, at = read_var_uint(data, at)
    if kind != _TOKEN:
        raise Malformed("a client only introduces itself")
    _, at = read_var_string(data, at)
    # Newer providers add their version and may add more.
    return Token()


def _whole(message: Message, data: bytes, at: int) -> Message:
    if at != len(data):
        raise Malformed("the frame goes on after its message")
    return message


def prefix(address: str) -> bytes:
    """What every frame to this address begins with."""
    return var_string(address)


def state(start: bytes, vector: bytes) -> bytes:
    """A frame that tells what we have and asks for the rest. `start` is the address's `prefix`, here and below."""
    return start + bytes((Type.SYNC, _STATE)) + var_bytes(vector)


def difference(start: bytes, update: bytes) -> bytes:
    """A frame that answers a client's `State`."""
    return start + bytes((Type.SYNC, _DIFFERENCE)) + var_bytes(update)


def update(start: bytes, payload: bytes) -> bytes:
    """A frame with somebody's edit."""
    return start + bytes((Type.SYNC, _UPDATE)) + var_bytes(payload)


def awareness(start: bytes, payload: bytes) -> bytes:
    """A frame with cursors."""
    return start + bytes((Type.AWARENESS,)) + var_bytes(payload)


def saved(start: bytes) -> bytes:
    """A frame that acknowledges one edit: it is on disk."""
    return start + bytes((Type.SYNC_STATUS, 1))


def not_saved(start: bytes) -> bytes:
    """A frame that refuses one edit: it was not taken."""
    return start + bytes((Type.SYNC_STATUS, 0))


def authenticated(start: bytes, scope: str) -> bytes:
    """A frame that opens the document, with the scope `read-write` or `readonly`."""
    return start + bytes((Type.AUTH, _AUTHENTICATED)) + var_string(scope)


def denied(start: bytes, reason: str) -> bytes:
    """A frame that refuses the document."""
    return start + bytes((Type.AUTH, _DENIED)) + var_string(reason)


def stateless(start: bytes, payload: str) -> bytes:
    """A frame with a text for the page around the editor."""
    return start + bytes((Type.STATELESS,)) + var_string(payload)


def closed(start: bytes, reason: str) -> bytes:
    """A frame that ends the client's use of this document; the socket stays."""
    return start + bytes((Type.CLOSE,)) + var_string(reason)
