"""The page that lies in every bundle, for a person who opens it years later."""

_TEXT = """\
The record of a mediation
=========================

This file was taken out of a mediation portal on {exported_at}
for one participant ({participant})
of the case {case}.

What is in it
-------------
rooms/        What may be shown to others: the papers of the case and, if you
              were part of them, the direct talks before the mediation. One
              line for each entry, in order.
transcripts/  What was said in the mediation while you were in the room, for
              you to read. It is confidential: what you may do with it is in
              the agreement to mediate.
documents/    For a lawyer, in each language (en, de), made of what may be shown
              to others and proof of nothing by themselves:
              chronology_en.pdf     what happened and when, entry by entry
              exhibits_en.pdf       files of the direct talks with their hashes
              custodian_en.pdf      a form for whoever certifies the record to a
                                    court (also as custodian_en.docx)
              and, NOT to be shown to others:
              confidential-files_en.pdf  files of the confidential rooms you read
              Once the case has ended, its papers, in each language:
              settlement-en.pdf     the settlement as it was signed, sealed
              settlement-en.docx    a copy of it to work with, proof of nothing
              settlement.json       its text, of which its hash is taken
              attestation-en.pdf    that it came from mediation
              certificate-en.pdf    that there was one, and how it ended
evidence/     Files that were added in these rooms, if you asked for them, each
              named by its SHA-256: the entry that names it tells what it was
              called.
The other files are needed to check these.

What it proves
--------------
Every paper and every entry of the direct talks is sealed by signed
checkpoints. Whoever changed, removed, reordered or added one would be found
out, also if it was the person who runs the portal, as long as somebody still
has an older checkpoint's hash: it is printed on a settlement and mailed to
both sides. Entries marked only by a "commitment" were withheld or erased;
that they existed, and where, is proven, their words are not shown.

A PDF in documents/ is the one that was printed, to the byte, when its SHA-256
is the one in an entry "PaperPrinted" of rooms/papers.jsonl; settlement.json is
the text that took effect when the SHA-256 of "MR1T" and its bytes is the
"text_hash" of the entry "SettlementEffective". The PDFs bear a seal besides,
which any program that checks signatures in PDFs can test.

What it does not prove
----------------------
It does not prove that what people said is true, nor who sat at the keyboard.
It does not prove the transcripts: no checkpoint seals what they say. The
signature on the bundle says only that the portal wrote this file.
Without a fingerprint of the signing key from another source, such as a printed
paper or a mail, it shows only that all of it comes from one key:

    {fingerprint}

How to check it
---------------
With the portal's own program, which needs no network:

    mediation verify THIS-FILE.zip --key FINGERPRINT

The same program is one readable file, mediation/export/verify.py, which runs
by itself with Python 3.11 and the package "cryptography".

Without our program: the format is published as docs/record-format.md with
test vectors. In short, with SHA-256 and Ed25519 from any library:
1. manifest.sig signs "medrec/v1/manifest" and a line feed, followed by the
   bytes of manifest.json; manifest.json lists the SHA-256 of every file.
2. For each line of rooms/R.jsonl, C = SHA-256 of "MR1L", the salt and the
   entry's text. H0 = SHA-256 of "MR1G", the case's 16 bytes and the room's
   name; each next H = SHA-256 of "MR1C", the entry's number in 8 bytes, the
   H before it, and C. The last H is the head in manifest.json.
3. Each line of checkpoints.jsonl signs "medrec/v1/checkpoint" and a line
   feed, followed by k, which names the SHA-256 of the k before it as "prev".
4. For each line of openings.jsonl, the slot named in that checkpoint is
   SHA-256 of "MR1S", r, len in 8 bytes, and the room's H after len entries.
"""


def readme(*, case_id: str, participant_id: str, exported_at: str, fingerprint: str) -> bytes:
    """README.txt for one bundle."""
    return _TEXT.format(
        case=case_id, participant=participant_id, exported_at=exported_at, fingerprint=fingerprint
    ).encode()
