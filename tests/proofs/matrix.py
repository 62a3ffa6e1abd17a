"""Who may use which route, as people would say it: one line for each route and socket, one mark for each caller.

    +  open: it does what it says, or a rule says why not now
    -  on the case, and refused by a rule because of who they are
    x  turned away at the door, in the same words whether the case exists or not
    ?  asked to sign in
    0  nothing is there, as far as they are told: of what is hidden from them, and of the demo's where there is none

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
# open to anyone
GET /                                                                            + ++ +++ + ++ ++++
GET /api/intake/{slug:str}                                                       + ++ +++ + ++ ++++
POST /api/intake/{slug:str}                                                      + ++ +++ + ++ ++++
POST /api/intake/{slug:str}/code                                                 + ++ +++ + ++ ++++
POST /api/look-ups                                                               0 00 000 0 00 0000
POST /api/invitations/accept                                                     - -- --- - -- ----
POST /api/invitations/code                                                       + ++ +++ + ++ ++++
POST /api/invitations/decline                                                    + ++ +++ + ++ ++++
POST /api/invitations/first-page                                                 - -- --- - -- ----
POST /api/invitations/preview                                                    + ++ +++ + ++ ++++
POST /api/invitations/verify                                                     + ++ +++ + ++ ++++
POST /api/passkey-sign-in                                                        + ++ +++ + ++ ++++
POST /api/passkey-sign-in/options                                                + ++ +++ + ++ ++++
POST /api/password-resets                                                        + ++ +++ + ++ ++++
POST /api/password-resets/use                                                    + ++ +++ + ++ ++++
POST /api/sign-in                                                                + ++ +++ + ++ ++++
POST /api/sign-out                                                               + ++ +++ + ++ ++++
GET /livez                                                                       + ++ +++ + ++ ++++
GET /metrics                                                                     + ++ +++ + ++ ++++
GET /readyz                                                                      + ++ +++ + ++ ++++
GET /schema                                                                      + ++ +++ + ++ ++++
GET /schema/openapi.json                                                         + ++ +++ + ++ ++++
GET /schema/{path:str}                                                           + ++ +++ + ++ ++++
GET /{path:path}                                                                 + ++ +++ + ++ ++++
# of the demo
POST /api/demo/cases                                                             0 00 000 0 00 0000
GET /demo/{token:str}                                                            0 00 000 0 00 0000
# with an account
GET /api/account                                                                 + ++ +++ + ?? ++++
PUT /api/account/language                                                        + ++ +++ + ?? ++++
GET /api/account/notices                                                         + ++ +++ + ?? ++++
GET /api/account/notice-wishes                                                   + ++ +++ + ?? ++++
PUT /api/account/notice-wishes                                                   + ++ +++ + ?? ++++
POST /api/account/passkeys                                                       + ++ x+x + ?? +x++
POST /api/account/passkeys/options                                               + ++ x+x + ?? +x++
DELETE /api/account/passkeys/{passkey:str}                                       + ++ x+x + ?? +x++
PUT /api/account/password                                                        + ++ x+x + ?? +x++
POST /api/account/sessions/end-others                                            + ++ +++ + ?? ++++
DELETE /api/account/sessions/{session:str}                                       + ++ +++ + ?? ++++
GET /api/cases                                                                   + ++ +++ + ?? ++++
GET /api/businesses/{business:str}/policies                                      x xx xxx x ?? xxxx
GET /api/businesses/{business:str}/policies/{category:str}                       x xx xxx x ?? xxxx
PUT /api/businesses/{business:str}/policies/{category:str}                       x xx xxx x ?? xxxx
POST /api/businesses/{business:str}/policy-dry-runs                              x xx xxx x ?? xxxx
GET /api/calendars                                                               + ++ +++ + ?? ++++
GET /api/calendars/{country:str}                                                 + ++ +++ + ?? ++++
GET /api/complaints                                                              x xx xxx x ?? xxx+
POST /api/complaints/{complaint:str}/handled                                     x xx xxx x ?? xxx0
GET /api/me                                                                      + ++ +++ + ?? ++++
GET /api/providers/{provider:str}/clauses                                        x xx xxx x ?? xxxx
GET /api/providers/{provider:str}/clauses/{clause:str}                           x xx xxx x ?? xxxx
PUT /api/providers/{provider:str}/clauses/{clause:str}                           x xx xxx x ?? xxxx
GET /api/organisations/{organisation:str}/webhook                                x xx xxx x ?? xxxx
PUT /api/organisations/{organisation:str}/webhook                                x xx xxx x ?? xxxx
POST /api/organisations/{organisation:str}/webhook/secret                        x xx xxx x ?? xxxx
POST /api/organisations/{organisation:str}/webhook/tests                         x xx xxx x ?? xxxx
POST /api/organisations/{organisation:str}/webhook/deliveries/{delivery:str}/again  x xx xxx x ?? xxxx
# staff
GET /api/account/absence                                                         + ++ x+x + ?? +x+x
PUT /api/account/absence                                                         + ++ x+x + ?? +x+x
POST /api/cases                                                                  + ++ x+x + ?? +x+x
GET /api/intake-queue                                                            + ++ x+x + ?? +x+x
POST /api/intake-queue/{case_id:str}/take                                        x ++ xxx x ?? xxxx
# administrators
GET /api/admin/accounts                                                          x xx xxx x ?? xxx+
POST /api/admin/accounts                                                         x xx xxx x ?? xxx+
PUT /api/admin/accounts/{account:str}                                            x xx xxx x ?? xxx0
GET /api/admin/organisations                                                     x xx xxx x ?? xxx+
POST /api/admin/organisations                                                    x xx xxx x ?? xxx+
POST /api/admin/organisations/{organisation:str}/members                         x xx xxx x ?? xxx0
DELETE /api/admin/organisations/{organisation:str}/members/{account:str}         x xx xxx x ?? xxx0
# on the case
GET /api/cases/{case_id:str}                                                     + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/documents/{name:str}/authors                        0 00 000 0 ?? xxxx
GET /api/cases/{case_id:str}/text                                                + ++ +++ - ?? xxxx
GET /api/cases/{case_id:str}/versions/{version:str}                              0 00 000 - ?? xxxx
POST /api/cases/{case_id:str}/abuse-reports                                      - ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/agreement-acceptances                              + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/assent-withdrawals                                 - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/assents                                            - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/attendances                                        + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/authority-declarations                             - ++ +-- - ?? xxxx
GET /api/cases/{case_id:str}/brief                                               + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/brief.pdf                                           + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/bundle                                              + ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/caucus-closings                                    + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/caucuses                                           + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/closings                                           + ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/complaints                                         x ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/departures                                         + ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/disclosures                                        + -- --- - ?? xxxx
SOCKET /api/cases/{case_id:str}/documents                                        + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/draft.docx                                          + ++ +++ - ?? xxxx
GET /api/cases/{case_id:str}/draft.pdf                                           + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/draft/import                                       + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/endings                                            + ++ +-- - ?? xxxx
SOCKET /api/cases/{case_id:str}/feed                                             + ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/file-withdrawals                                   - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/files                                              0 00 +00 0 ?? xxxx
GET /api/cases/{case_id:str}/files/{file:str} #joint                             + ++ +++ 0 ?? xxxx
GET /api/cases/{case_id:str}/files/{file:str} #caucus-client                     + 00 +++ 0 ?? xxxx
GET /api/cases/{case_id:str}/files/{file:str} #team-client                       0 00 +++ 0 ?? xxxx
GET /api/cases/{case_id:str}/files/{file:str}/preview #joint                     + ++ +++ 0 ?? xxxx
GET /api/cases/{case_id:str}/files/{file:str}/preview #caucus-client             + 00 +++ 0 ?? xxxx
GET /api/cases/{case_id:str}/files/{file:str}/preview #team-client               0 00 +++ 0 ?? xxxx
POST /api/cases/{case_id:str}/hold-liftings                                      + ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/hold-requests                                      + ++ +-- - ?? xxxx
GET /api/cases/{case_id:str}/invitations                                         + ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/invitations                                        - -- +-- - ?? xxxx
DELETE /api/cases/{case_id:str}/invitations/{invitation_id:str}                  0 00 +-- - ?? xxxx
PUT /api/cases/{case_id:str}/invitations/{invitation_id:str}/address             0 00 +-- - ?? xxxx
POST /api/cases/{case_id:str}/meeting-answers                                    - ++ ++- - ?? xxxx
POST /api/cases/{case_id:str}/meeting-cancellations                              + ++ ++- - ?? xxxx
POST /api/cases/{case_id:str}/meeting-proposals                                  + ++ ++- - ?? xxxx
POST /api/cases/{case_id:str}/meeting-withdrawals                                - ++ --- - ?? xxxx
POST /api/cases/{case_id:str}/meetings                                           + ++ ++- - ?? xxxx
POST /api/cases/{case_id:str}/invitations/{invitation_id:str}/resend             0 00 +-- - ?? xxxx
POST /api/cases/{case_id:str}/issue-endorsements                                 - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/issue-withdrawals                                  + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/issue-wordings                                     + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/issues                                             + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/limit-withdrawals                                  - -0 0-- - ?? xxxx
POST /api/cases/{case_id:str}/limits                                             - -+ +-- - ?? xxxx
POST /api/cases/{case_id:str}/mediator-acceptances                               - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/mediator-refusals                                  - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/message-strikes                                    - -- +-- - ?? xxxx
GET /api/cases/{case_id:str}/meetings/{meeting:str}/calendar.ics                 + ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/messages #papers                                   - -- --- - ?? xxxx
POST /api/cases/{case_id:str}/messages #talks                                    + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/messages #joint                                    + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/messages #caucus-business                          + ++ --- - ?? xxxx
POST /api/cases/{case_id:str}/messages #caucus-client                            + -- +++ - ?? xxxx
POST /api/cases/{case_id:str}/messages #team-business                            - ++ --- - ?? xxxx
POST /api/cases/{case_id:str}/messages #team-client                              - -- +++ - ?? xxxx
POST /api/cases/{case_id:str}/mutes                                              + -- --- - ?? xxxx
GET /api/cases/{case_id:str}/notes                                               + -- --- - ?? xxxx
PUT /api/cases/{case_id:str}/notes                                               + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/offer-answers                                      - ++ --- - ?? xxxx
POST /api/cases/{case_id:str}/offer-withdrawals                                  - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/offers                                             - ++ +-- - ?? xxxx
GET /api/cases/{case_id:str}/papers/{paper:str}                                  0 00 000 0 ?? xxxx
POST /api/cases/{case_id:str}/pauses                                             + ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/position-revisions                                 - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/position-withdrawals                               - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/positions                                          - ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/private-drafts                                     - ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/private-room-closings                              + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/private-rooms                                      + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/reflection-answers                                 - -- 0-- - ?? xxxx
POST /api/cases/{case_id:str}/reflections                                        + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/removals                                           + -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/resumptions                                        + -- --- - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #papers                    + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #talks                     + ++ +++ - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #joint                     + ++ +++ - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #caucus-business           + ++ --- - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #caucus-client             + -- +++ - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #team-business             - ++ --- - ?? xxxx
GET /api/cases/{case_id:str}/rooms/{room:str}/entries #team-client               - -- +++ - ?? xxxx
POST /api/cases/{case_id:str}/scribed-answers                                    - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/scribed-positions                                  + -- --- - ?? xxxx
GET /api/cases/{case_id:str}/seal                                                + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/search                                              + ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/session-closings                                   + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/sessions                                           + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/shared-posts                                       + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/sharing-permissions                                - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/sharing-refusals                                   - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/sharings                                           - -- +-- - ?? xxxx
POST /api/cases/{case_id:str}/stages                                             + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/statement-withdrawals                              + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/statement-wordings                                 + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/statements                                         + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/team-keepings                                      - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/tier-steps                                         - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/answer-requests                                    - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/extensions                                         - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/standstills                                        - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/unmutes                                            + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/uploads                                            + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/signing/code                                       + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/signing/passkey-options                            + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/signatures                                         + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/time-waivers                                       + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/signature-withdrawals                              + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/reopenings                                         + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/freezings                                          + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/clause-assent-withdrawals                          + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/clause-assents                                     + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/text-proposals                                     + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/readings                                           + -- --- - ?? xxxx
GET /api/cases/{case_id:str}/ready-clauses                                       + ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/version-restorations                               + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/versions                                           + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/comment-resolutions                                0 00 000 0 ?? xxxx
POST /api/cases/{case_id:str}/comments                                           + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/suggestion-withdrawals                             + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/suggestion-rejections                              + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/suggestion-acceptances                             + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/suggestions                                        + ++ +++ - ?? xxxx
POST /api/cases/{case_id:str}/drafting-modes                                     + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/text-languages                                     + -- --- - ?? xxxx
POST /api/cases/{case_id:str}/party-descriptions                                 - ++ +-- - ?? xxxx
GET /api/cases/{case_id:str}/notices                                             + ++ +++ + ?? xxxx
POST /api/cases/{case_id:str}/notices/read                                       + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/notices/{notice:str}/calendar                       0 00 000 0 ?? xxxx
PUT /api/cases/{case_id:str}/notice-wishes                                       + ++ +++ + ?? xxxx
DELETE /api/cases/{case_id:str}/uploads/{upload:str}                             + ++ +++ + ?? xxxx
GET /api/cases/{case_id:str}/uploads/{upload:str}                                0 00 +00 0 ?? xxxx
PUT /api/cases/{case_id:str}/uploads/{upload:str}                                0 00 +00 0 ?? xxxx
# referral elsewhere
POST /api/cases/{case_id:str}/referrals                                          - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/contacts                                           - ++ +-- - ?? xxxx
POST /api/cases/{case_id:str}/referral-wordings                                  - 00 000 - ?? xxxx
POST /api/cases/{case_id:str}/referral-withdrawals                               - 00 000 - ?? xxxx
POST /api/cases/{case_id:str}/referral-assents                                   - 00 000 - ?? xxxx
POST /api/cases/{case_id:str}/referral-refusals                                  - 00 000 - ?? xxxx
POST /api/cases/{case_id:str}/exhibit-withdrawals                                - 00 000 - ?? xxxx
POST /api/cases/{case_id:str}/referral-sendings                                  - 00 000 - ?? xxxx
POST /api/cases/{case_id:str}/referral-outcomes                                  - 00 000 - ?? xxxx
POST /api/cases/{case_id:str}/exhibits                                           - 00 000 0 ?? xxxx
GET /api/cases/{case_id:str}/referrals/{referral:str}/{paper:str}                0 00 000 0 ?? xxxx
"""


def spaced(marks: str) -> str:
    """The marks as they stand in the table, callers of one kind beside each other."""
    return " ".join((marks[0], marks[1:3], marks[3:6], marks[6], marks[7:9], marks[9:]))
