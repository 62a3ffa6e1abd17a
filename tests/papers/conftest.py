"""The portal in which a text waits for signatures, and its printer; and one to which files are sent."""

from evidence.conftest import desk
from signing.conftest import room

__all__ = ["desk", "room"]
