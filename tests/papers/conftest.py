"""The portal in which a text waits for signatures, and its printer."""

from signing.conftest import room

__all__ = ["room"]
