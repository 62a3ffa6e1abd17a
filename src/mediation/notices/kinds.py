"""The kinds of notices: few, and each in words that tell nothing of what was said."""

from typing import Final, Literal, get_args

Kind = Literal[
    "news",
    "clauses",
    "mention",
    "meeting",
    "appointment",
    "answer",
    "time",
    "reminder",
    "served",
    "step",
    "frozen",
    "signed",
    "ended",
    "in-effect",
]
"""From the weakest to the strongest: where several come together, the strongest is mailed.

news: something new to read. clauses: wording of the settlement waits. mention: somebody asks for attention. meeting:
people meet now. appointment: a meeting is set, moved or called off. answer: an answer is awaited. time: the time of
whoever owes something has changed. reminder: time is running out. served: a side is asked for an answer, and its time
runs. step: a step was taken on the ladder. frozen: a text is ready to sign, or is worked on again. signed: a signature
was given or taken back. ended: the mediation has ended. in-effect: a settlement binds.
"""

Part = Literal[
    "late",
    "nobody-came",
    "answer-over",
    "step-over",
    "step-runs-out",
    "counts-as-no",
    "rests",
    "goes-on",
    "skipped",
    "to-talks",
    "to-mediation",
    "to-management",
    "to-executive",
    "to-referral",
    "asked",
    "began",
    "standstill",
    "longer",
    "still",
    "runs",
    "no-longer-due",
    "meeting-set",
    "meeting-moved",
    "meeting-cancelled",
    "pack-sent",
    "outcome",
]
"""What an act of the ladder or of a calendar consisted of, for the sentences of its mail. Bare facts of papers."""

STRENGTH: Final[dict[Kind, int]] = {kind: n for n, kind in enumerate(get_args(Kind))}

LEGAL: Final[frozenset[Kind]] = frozenset(
    {"time", "reminder", "served", "step", "frozen", "signed", "ended", "in-effect"}
)
"""What has legal effect, or may let time limits run: nobody can choose not to be told."""

PROMPT: Final[frozenset[Kind]] = LEGAL | {"mention", "appointment"}
"""What goes out with the transaction."""

GATHERED: Final[frozenset[Kind]] = frozenset({"news", "clauses"})
"""What comes often: as long as one of them is unread in a room, the next is told with it."""
