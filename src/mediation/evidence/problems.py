"""Every refusal about files that is not one of the case's own, in one place."""

from mediation.problems import Problem


def upload_unknown() -> Problem:
    """Somebody else's upload, one that was never begun and one that is over look alike."""
    return Problem(404, "upload-unknown", "This upload is not under way.", "Begin it again.")


def file_unknown() -> Problem:
    """A file of a room one is not in, one that was withdrawn and one that never was look alike."""
    return Problem(404, "file-unknown", "This file is not here, or not any more.", "Look at what is on the screen now.")


def no_preview() -> Problem:
    """Not a picture or PDF, one that cannot be drawn, or no such page."""
    return Problem(404, "no-preview", "This cannot be shown here.", "Download it and open it with a program of yours.")


def file_too_large(mib: int) -> Problem:
    """More bytes than one file may have."""
    return Problem(
        413, "file-too-large", f"A file may have at most {mib} MiB.", "Send a smaller one, or split it into parts."
    )


def room_is_full() -> Problem:
    """The side's share of the room is used up; it is the same for every room and counts nothing of another one."""
    return Problem(
        409, "room-is-full", "This room has no space for another file.", "Withdraw one that is not needed any more."
    )


def too_many_uploads() -> Problem:
    """More uploads under way than one person may have."""
    return Problem(
        409, "too-many-uploads", "You have other files on their way.", "Wait until they have arrived, or cancel one."
    )


def upload_out_of_step() -> Problem:
    """A piece that does not follow on what has arrived, or is another than the one that did."""
    return Problem(
        409, "upload-out-of-step", "This piece does not follow on what has arrived.", "Ask how far it came, then go on."
    )


def piece_does_not_fit(expected: int) -> Problem:
    """A piece that is shorter or longer than its place."""
    return Problem(
        422, "piece-does-not-fit", f"A piece of {expected} bytes belongs here.", "Send the whole piece again."
    )


def not_bytes() -> Problem:
    """A piece that does not say that it is plain bytes."""
    return Problem(
        415, "not-bytes", "We only take plain bytes here.", "Send them with Content-Type: application/octet-stream."
    )


def too_slow() -> Problem:
    """A piece that took longer than a piece may take."""
    return Problem(408, "too-slow", "This piece took too long.", "Send it again; what has arrived before is kept.")


def upload_incomplete() -> Problem:
    """Not every byte has arrived."""
    return Problem(409, "upload-incomplete", "Not all of the file has arrived.", "Ask how far it came, then go on.")


def hash_differs() -> Problem:
    """What arrived is not what was sent; it is thrown away."""
    return Problem(422, "hash-differs", "What arrived is not what you sent.", "Send the file again.")
