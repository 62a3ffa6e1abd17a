"""Every refusal about signing that is not one of the case's own, in one place."""

from mediation.problems import Problem


def consent_needed() -> Problem:
    """Nobody signs electronically who did not say that they want to."""
    return Problem(
        422,
        "consent-needed",
        "You have not agreed to sign electronically.",
        "Tick that you do, or ask the mediator how to sign on paper.",
    )


def proof_needed() -> Problem:
    """Neither a code nor a passkey, or both."""
    return Problem(
        422,
        "proof-needed",
        "We have to know that it is you who signs.",
        "Enter the code that we mail to you, or use your passkey.",
    )


def address_unknown() -> Problem:
    """There is nowhere to send a code to."""
    return Problem(
        409,
        "address-unknown",
        "We know no e-mail address of yours to which a code could go.",
        "Sign with a passkey, or ask whoever invited you to invite you by e-mail.",
    )
