"""Ask a rule without acting on it: the buttons on the screen and the decision behind them are one and the same rule."""

from collections.abc import Callable
from typing import Any

from mediation.case.refusals import Refusal

Question = tuple[type, Callable[..., object], tuple[Any, ...]]
"""A command, the rule that guards it, and what the rule is asked with."""


def allows(rule: Callable[..., object], *asked_with: object) -> bool:
    """Whether the rule lets it pass."""
    try:
        rule(*asked_with)
    except Refusal:
        return False
    return True


def names(*questions: Question) -> list[str]:
    """The names of the commands whose rule lets them pass, in the order asked."""
    return [command.__name__ for command, rule, asked_with in questions if allows(rule, *asked_with)]
