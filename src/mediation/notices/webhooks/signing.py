"""How a delivery is signed: Standard Webhooks 1.0 (standardwebhooks.com), so that any receiver of those can check."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

PREFIX: Final = "whsec_"
_BYTES: Final = 32


def new_secret() -> bytes:
    """A secret for a hook."""
    return secrets.token_bytes(_BYTES)


def shown(secret: bytes) -> str:
    """The secret as a receiver is given it: `whsec_` and base64."""
    return PREFIX + base64.b64encode(secret).decode()


def body_of(delivery_id: str, at: datetime, kind: str, case_id: str | None) -> bytes:
    """What is delivered: that something of this kind became a paper of the case, and when. Nothing else."""
    return msgspec.json.encode({"id": delivery_id, "at": at, "kind": kind, "case": case_id})


def headers_of(delivery_id: str, body: bytes, keys: Sequence[bytes], now: datetime) -> dict[str, str]:
    """The headers of one try at `now`: the id stays the same from try to try, so a receiver knows a repetition.

    A receiver refuses a time that is long past, so that nobody can play an old delivery again. While a secret is being
    replaced, the old and the new one both sign.
    """
    seconds = str(int(now.timestamp()))
    signed = f"{delivery_id}.{seconds}.".encode() + body
    signatures = (base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode() for key in keys)
    return {
        "content-type": "application/json",
        "user-agent": "mediation-portal",
        "webhook-id": delivery_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
