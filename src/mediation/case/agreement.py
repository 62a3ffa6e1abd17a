"""The agreement to mediate with its ground rules, and the one that legal time limits stand still.

Both are written into the case word for word, so a later release never changes what somebody accepted.
"""

AGREEMENT_TO_MEDIATE = """\
Agreement to mediate

1. We want to settle this dispute ourselves, with the help of a mediator. The mediator takes no side, decides nothing \
and gives no legal advice.
2. Everyone takes part of their own free will and may leave at any moment, without giving a reason.
3. What is said in the mediation stays there. None of us will use it as evidence elsewhere or ask another to do so. \
What existed before, or can be proven in other ways, does not become secret by being mentioned here.
4. What is said to the mediator in private is passed on only with the consent of the side that said it.
5. Whoever speaks for a business says who can agree for it, and who has to be asked.
6. Nothing binds anybody until it is written down and signed. Everyone may take advice before signing.
7. Nobody gives up the right to go to court or to complain elsewhere. Legal time limits may be running meanwhile; \
the sides may agree in writing that they stand still.

Ground rules

We let each other finish. We speak about what happened, not about what kind of person the other is. We say when we \
need a break. We do not record, and we do not share what is on the screen with people who are not on this case.
"""

STANDSTILL = """\
We want to settle this dispute without losing rights by the passing of time. Until the end of the day named here, \
neither of us will say that a claim in this dispute is too late because of time that passes from today on. Time that \
has passed before today is not undone, and neither of us admits anything by this.
"""
