"""Who may use which route, as people would say it: one line for each route and socket, one mark for each caller.

    +  open: it does what it says, or a rule says why not now
    -  on the case, and refused by a rule because of who they are
    x  turned away at the door, in the same words whether the case exists or not
    ?  asked to sign in
    0  nothing is there (a route of the demo, where there is none)

`#room` behind a route asks it about that room.
"""

CALLERS = (
    # at the dispute: nobody's, the business's, the client's, and who reads papers alone
    *("mediator", "handler", "manager", "client", "counsel", "companion", "legal"),
    # nobody, as far as the portal knows
    *("anonymous", "ended session"),
    # somebody, but not on this case (any more)
    *("other mediator", "of another case", "removed", "administrator"),
)

TABLE = """
GET /                                                                      + ++ +++ + ++ ++++
GET /livez                                                                 + ++ +++ + ++ ++++
GET /metrics                                                               + ++ +++ + ++ ++++
GET /readyz                                                                + ++ +++ + ++ ++++
GET /schema                                                                + ++ +++ + ++ ++++
GET /schema/openapi.json                                                   + ++ +++ + ++ ++++
GET /schema/{path:str}                                                     + ++ +++ + ++ ++++
GET /{path:path}                                                           + ++ +++ + ++ ++++
POST /api/invitations/accept                                               + ++ +++ + ++ ++++
POST /api/invitations/decline                                              + ++ +++ + ++ ++++
POST /api/invitations/first-page                                           + ++ +++ + ++ ++++
POST /api/invitations/preview                                              + ++ +++ + ++ ++++
POST /api/sign-in                                                          + ++ +++ + ++ ++++
POST /api/sign-out                                                         + ++ +++ + ++ ++++
GET /demo/{token:str}                                                      0 00 000 0 00 0000
POST /api/demo/cases                                                       0 00 000 0 00 0000
DELETE /api/cases/{case_id:str}/invitations/{invitation_id:str}            + ++ +-- - ?? xxxx
GET /api/cases/{case_id:str}                                               + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/bundle                                        + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/invitations                                   + ++ +-- - ?? xxxx
GET /api/cases/{case_id:str}/notes                                         + -- --- - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #papers              + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #talks               + ++ +++ - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #joint               + ++ +++ - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #caucus-business     + ++ --- - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #caucus-client       + -- +++ - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #team-business       - ++ --- - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #team-client         - -- +++ - ?? xxxx
GET /api/cases/{case_id:str}/seal                                          + ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/agreement-acceptances                        + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/assent-withdrawals                           - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/assents                                      - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/authority-declarations                       - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/caucus-closings                              + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/caucuses                                     + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/closings                                     + ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/departures                                   + ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/disclosures                                  + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/endings                                      + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/invitations                                  + -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/issue-endorsements                           - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/issue-withdrawals                            + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/issue-wordings                               + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/issues                                       + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/mediator-acceptances                         - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/mediator-refusals                            - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/message-strikes                              - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/messages #papers                             - -- --- - ?? xxxx
POST /api/cases/{case_id:str}/messages #talks                              + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/messages #joint                              + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/messages #caucus-business                    + ++ --- - ?? xxxx
POST /api/cases/{case_id:str}/messages #caucus-client                      + -- +++ - ?? xxxx
POST /api/cases/{case_id:str}/messages #team-business                      - ++ --- - ?? xxxx
POST /api/cases/{case_id:str}/messages #team-client                        - -- +++ - ?? xxxx
POST /api/cases/{case_id:str}/offer-answers                                - ++ --- - ?? xxxx
POST /api/cases/{case_id:str}/offer-withdrawals                            - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/offers                                       - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/pauses                                       + ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/position-revisions                           - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/position-withdrawals                         - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/positions                                    - ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/reflection-answers                           - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/reflections                                  + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/resumptions                                  + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/scribed-answers                              - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/scribed-positions                            + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/session-closings                             + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/sessions                                     + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/shared-posts                                 + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/sharing-permissions                          - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/sharing-refusals                             - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/sharings                                     - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/stages                                       + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/statement-withdrawals                        + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/statement-wordings                           + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/statements                                   + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/tier-steps                                   - ++ +-- - ?? xxxx
PUT /api/cases/{case_id:str}/notes                                         + -- --- - ?? xxxx
SOCKET /api/cases/{case_id:str}/documents                                  + ++ +++ + ?? xxxx
SOCKET /api/cases/{case_id:str}/feed                                       + ++ +++ + ?? xxxx
GET /api/cases                                                             + ++ +++ + ?? ++++
GET /api/me                                                                + ++ +++ + ?? ++++
POST /api/cases                                                            + ++ x+x + ?? +x++
"""


def spaced(marks: str) -> str:
    """The marks as they stand in the table, callers of one kind beside each other."""
    return " ".join((marks[0], marks[1:3], marks[3:6], marks[6], marks[7:9], marks[9:]))
