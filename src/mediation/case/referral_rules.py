"""What proceedings there are to refer a dispute to, whether they bind, and what an institution asks for. Pure.

Every list is what the named rules ask of whoever begins; nothing here is a form of theirs, and editions change, so the
screen says to look at the institution's own rules before anything is filed.
"""

from typing import Final, Literal

from msgspec import Struct

from mediation.case.terms import PackField, ReferralKind, ReferralProvider

Binds = Literal["always", "as-agreed", "never"]

BINDS: Final[dict[ReferralKind, Binds]] = {
    "arbitration": "always",
    "adjudication": "as-agreed",
    "expert-determination": "as-agreed",
    "ombudsman": "as-agreed",
    "court-connected": "as-agreed",
    "another-mediation": "never",
}
"""An award binds. A mediation binds nobody until a settlement is signed. The rest is as its rules, or the sides, say:
an expert's determination usually binds, an ombudsman's often binds a business alone and only if the consumer accepts.
"""

_ANY: Final[frozenset[PackField]] = frozenset({"institution", "contact", "description"})
ASKED_BY_KIND: Final[dict[ReferralKind, frozenset[PackField]]] = {
    "arbitration": _ANY | {"relied-on", "claim", "value", "relief", "rules", "seat", "language", "cost", "procedure"},
    "adjudication": _ANY | {"relied-on", "claim", "value", "relief", "rules", "cost"},
    "expert-determination": _ANY | {"relied-on", "relief", "rules", "cost"},
    "ombudsman": _ANY | {"claim", "relief"},
    "court-connected": _ANY | {"claim", "value", "relief"},
    "another-mediation": _ANY | {"value", "language", "procedure"},
}
"""What whoever decides, or helps, needs to know to begin, whatever their rules are called.

For arbitration as in the UNCITRAL Arbitration Rules, Article 3 (3): the parties and how to reach them, the agreement
invoked, the contract, the claim and the amount involved, the relief, and the number of arbitrators, language and place.
"""

BOUND_TO: Final[frozenset[PackField]] = frozenset({"institution", "rules", "seat", "cost"})
"""What must be said before anybody can agree to something that binds them."""


class Provider(Struct, frozen=True, kw_only=True):
    """An institution, or rules without one. `rules` names them for each kind it does, without their year."""

    code: ReferralProvider
    name: str
    rules: dict[ReferralKind, str]
    asks: dict[ReferralKind, frozenset[PackField]]


ICC: Final = Provider(
    code="icc",
    name="International Chamber of Commerce (ICC)",
    rules={"arbitration": "ICC Rules of Arbitration", "another-mediation": "ICC Mediation Rules"},
    asks={
        # ICC Rules of Arbitration (2021), Article 4 (3) (a) to (h).
        "arbitration": frozenset(
            {"contact", "description", "claim", "relief", "value", "relied-on", "procedure", "seat", "language"}
        ),
        # ICC Mediation Rules (2014), Articles 2 and 3: agreements, or proposals, on time limits, language and place.
        "another-mediation": frozenset({"contact", "description", "value", "procedure", "language", "seat"}),
    },
)
WIPO: Final = Provider(
    code="wipo",
    name="WIPO Arbitration and Mediation Center",
    rules={
        "arbitration": "WIPO Arbitration Rules",
        "expert-determination": "WIPO Expert Determination Rules",
        "another-mediation": "WIPO Mediation Rules",
    },
    asks={
        # WIPO Arbitration Rules, Article 9: a copy of the agreement goes with it; the rights at issue are described.
        "arbitration": frozenset({"contact", "relied-on", "description", "relief", "value"}),
        "expert-determination": frozenset({"contact", "relied-on", "description"}),
        # WIPO Mediation Rules, Articles 3 and 4: without an agreement, the request is sent to the other side as well.
        "another-mediation": frozenset({"contact", "description"}),
    },
)
BCDR_AAA: Final = Provider(
    code="bcdr-aaa",
    name="Bahrain Chamber for Dispute Resolution (BCDR-AAA)",
    rules={"arbitration": "BCDR-AAA Arbitration Rules"},
    asks={
        # BCDR-AAA Arbitration Rules, Article 2 (3) (a) to (g).
        "arbitration": frozenset(
            {"contact", "relied-on", "description", "claim", "relief", "value", "procedure", "seat", "language"}
        ),
    },
)
UNCITRAL: Final = Provider(
    code="uncitral",
    name="Arbitrators whom the sides appoint themselves, without an institution",
    rules={"arbitration": "UNCITRAL Arbitration Rules"},
    asks={
        # UNCITRAL Arbitration Rules, Article 3 (3) (a) to (g).
        "arbitration": frozenset(
            {"contact", "relied-on", "description", "claim", "value", "relief", "procedure", "seat", "language"}
        ),
    },
)
PROVIDERS: Final[dict[ReferralProvider, Provider]] = {one.code: one for one in (ICC, WIPO, BCDR_AAA, UNCITRAL)}
"""Those whose rules are known here; any other is `generic`, and named by whoever proposes it."""

FIELDS: Final[tuple[PackField, ...]] = (
    *("institution", "contact", "relied-on", "description", "claim", "value", "relief"),
    *("rules", "seat", "language", "cost", "procedure"),
)
"""In the order in which a pack shows them."""


def does(provider: ReferralProvider, kind: ReferralKind) -> bool:
    """Whether this provider does such proceedings; somebody whom the sides name themselves may do any."""
    return provider == "generic" or kind in PROVIDERS[provider].rules


def asked(provider: ReferralProvider, kind: ReferralKind, *, binding: bool) -> list[PackField]:
    """What is asked for, in the order of a pack."""
    known = PROVIDERS.get(provider)
    wanted = ASKED_BY_KIND[kind] | (known.asks.get(kind, frozenset()) if known is not None else frozenset())
    wanted |= BOUND_TO if binding else frozenset()
    return [field for field in FIELDS if field in wanted]


def may_bind(kind: ReferralKind, *, binding: bool) -> bool:
    """Whether proceedings of this kind can bind, or not bind, as somebody proposes."""
    return BINDS[kind] == "as-agreed" or (BINDS[kind] == "always") == binding
