"""Every refusal about papers, in one place."""

from mediation.problems import Problem


def paper_unknown() -> Problem:
    """There is no paper of this kind in this case, and may never be one."""
    return Problem(
        404, "paper-unknown", "There is no such paper in this case.", "See under papers which ones there are."
    )


def paper_not_ready() -> Problem:
    """It is being made, or will be once the mediation has ended."""
    return Problem(409, "paper-not-ready", "This paper has not been made yet.", "Try again in a minute.")


def code_unknown() -> Problem:
    """No paper bears this code, or it was printed before papers bore any."""
    return Problem(
        404,
        "look-up-unknown",
        "No paper of this portal bears this code.",
        "Compare it with the paper, letter by letter, and the address of the portal, too.",
    )


def paper_lost() -> Problem:
    """The record says that there is one, and its bytes are not where they should be."""
    return Problem(
        503,
        "try-again",
        "This paper cannot be read right now.",
        "Try again later, or write to whoever runs the portal.",
    )


def cannot_be_made() -> Problem:
    """Typesetting failed, for reasons that lie with us."""
    return Problem(503, "try-again", "This copy could not be made right now.", "Try again in a moment.")


def not_a_word_file() -> Problem:
    """What came is no .docx, or one that we do not open."""
    return Problem(
        422,
        "not-a-word-file",
        "This is not a Word file that can be read here.",
        "Save it in Word as .docx, without a password, and try that file.",
    )


def word_file_too_large() -> Problem:
    """Too many bytes, or too much text."""
    return Problem(
        413,
        "word-file-too-large",
        "This Word file is larger than a settlement can be.",
        "Take out pictures and attachments, or split it.",
    )
