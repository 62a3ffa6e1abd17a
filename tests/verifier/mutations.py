"""Changes to bundles of which each touches something that is claimed, by three people.

`damage` is whoever has the file and no key: to them every byte of every file is claimed, since the manifest lists it.
`tamper` is whoever exports, and signs the manifest with the portal's own key: to them only what checkpoints seal is
out of reach, and what fits together only one way. `forge` has a key of their own.

What therefore claims nothing, so that no change here is that and nothing else (the tests show that it is accepted):

- to anybody: how the zip is packed, its times and the order of its members; the white space in `manifest.sig`;
- to the exporter also: the tail of a room, the words of transcripts, which attached files are there, documents, the
  README, time stamps, `for` and `exported_at`, the order of openings and of lists in the manifest, white space; to
  withhold an entry; and to export an older state, which is why a checkpoint's hash is mailed.
"""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

from mediation.case import chain
from mediation.record.keys import Keyring
from sample_record import key
from verifier.bundles import Bundle, commitment_of, lines_of, signature, written, zipped

FOREIGN = key("somebody else's key")
PRINTABLE = bytes(range(32, 127))
NOT_IN_A_BUNDLE = ["notes.txt", "rooms/kitchen.jsonl", "evidence/photo.jpg", "documents/.hidden", "../README.txt"]


class NothingToChange(Exception):  # noqa: N818
    """This bundle has no such thing; another change is tried."""


@dataclass(frozen=True)
class Mutant:
    kind: str
    """Who did what."""
    content: bytes
    """The zip file."""


def mutants(originals: list[tuple[bytes, list[Keyring]]], count: int, chance: Random) -> list[Mutant]:
    """So many changed bundles, of each person and each kind of change about equally many."""
    made: list[Mutant] = []
    people = [damage, tamper, forge]
    fruitless = 0
    while len(made) < count:
        content, keys = chance.choice(originals)
        try:
            made.append(people[len(made) % 3](Bundle.of(content, keys), chance, len(made) // 3))
            fruitless = 0
        except NothingToChange:
            fruitless += 1
            assert fruitless < 1_000, f"no bundle has anything for change {len(made)}"
    return made


def pick(chance: Random, some: "list[Any] | range") -> Any:
    if not some:
        raise NothingToChange
    return chance.choice(some)


def bent(chance: Random, content: bytes, alphabet: bytes = bytes(range(256))) -> bytes:
    """One to three bytes changed, put in or taken out."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(changed) + 1)
        match chance.choice(["change", "change", "insert", "delete"]):
            case "insert":
                changed.insert(at, chance.choice(alphabet))
            case "change" if at < len(changed):
                changed[at] = chance.choice(alphabet)
            case _:
                del changed[at : at + chance.randint(1, 8)]
    return bytes(changed)


def flipped(chance: Random, digits: str) -> str:
    at = chance.randrange(len(digits))
    return digits[:at] + format(int(digits[at], 16) ^ chance.randint(1, 15), "x") + digits[at + 1 :]


# ── somebody without a key ──────────────────────────────────────────────────────────────────────────────────────────


def damage(bundle: Bundle, chance: Random, _number: int) -> Mutant:
    files = bundle.signed()
    before = dict(files)
    name = pick(chance, [name for name in files if files[name]])
    kind = chance.choice(["bytes", "bytes", "bytes", "end", "lines", "drop", "add", "rename", "swap", "empty"])
    match kind:
        case "bytes":
            files[name] = bent(chance, files[name])
        case "end":
            files[name] = files[name][: chance.randrange(len(files[name]))]
        case "lines":
            name = pick(chance, [name for name in files if files[name].count(b"\n") > 1])
            lines = files[name].splitlines(keepends=True)
            rearrange(lines, chance)
            files[name] = b"".join(lines)
        case "drop":
            del files[name]
        case "add":
            new = sha256(name.encode()).hexdigest()
            files[chance.choice([f"documents/{new}.json", f"evidence/{new}", *NOT_IN_A_BUNDLE])] = files[name]
        case "rename":
            files[name + "2"] = files.pop(name)
        case "swap":
            other = pick(chance, [other for other in files if files[other] != files[name]])
            files[name], files[other] = files[other], files[name]
        case _:
            files[name] = b""
    if files == before or (is_same(files, before, "manifest.sig") and files.keys() == before.keys()):
        raise NothingToChange
    return Mutant(f"without a key: {kind} in {name}", zipped(files))


def is_same(files: dict[str, bytes], before: dict[str, bytes], name: str) -> bool:
    """Whether the files differ in nothing but how the JSON of this one is set."""
    try:
        value = json.loads(files[name])
    except (ValueError, KeyError):
        return False
    return bool(value == json.loads(before[name])) and all(files.get(n) == before[n] for n in before if n != name)


def rearrange(lines: list[Any], chance: Random) -> None:
    """Drop, double or swap lines, or turn them round."""
    before = list(lines)
    at = chance.randrange(len(lines))
    match chance.choice(["drop", "double", "swap", "reverse", "shuffle"]):
        case "drop":
            del lines[at]
        case "double":
            lines.insert(at, deepcopy(lines[at]))
        case "swap":
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case "reverse":
            lines.reverse()
        case _:
            chance.shuffle(lines)
    if lines == before:
        raise NothingToChange


# ── the exporter, who signs with the portal's key ───────────────────────────────────────────────────────────────────

Change = Callable[[Bundle, Random], None]


def tamper(bundle: Bundle, chance: Random, number: int) -> Mutant:
    """Each kind of change in its turn, so that none is left out."""
    change = CHANGES[number % len(CHANGES)]
    change(bundle, chance)
    return Mutant(f"the exporter: {change.__name__}", zipped(bundle.signed()))


def sealed_room(bundle: Bundle, chance: Random, least: int = 1) -> tuple[list[Any], int]:
    return pick(chance, [room for room in bundle.rooms().values() if room[1] >= least])  # type: ignore[no-any-return]


def shown_entry(bundle: Bundle, chance: Random) -> Any:
    lines, sealed = sealed_room(bundle, chance)
    return pick(chance, [line for line in lines[:sealed] if "entry" in line])


def bend_a_line(bundle: Bundle, chance: Random) -> None:
    """Bytes of a sealed entry, a checkpoint or an opening."""
    whole = [(lines, len(lines)) for lines in (bundle.checkpoints, bundle.openings)]
    lines, until = pick(chance, [*bundle.rooms().values(), *whole])
    at = pick(chance, range(until))
    name = next(name for name, these in bundle.lines.items() if these is lines)
    new = bent(chance, written([lines[at]])[:-1], PRINTABLE)
    content = written(lines[:at]) + new + b"\n" + written(lines[at + 1 :])
    try:
        changed = lines_of(content)
        for line in changed if name.startswith("rooms/") else []:
            commitment_of(line)
    except (ValueError, KeyError, TypeError, AttributeError):
        # What cannot be read any more has no head either: it goes out as it is, with the true one.
        bundle.files[name] = content
        del bundle.lines[name]
        if name.startswith("rooms/"):
            bundle.heads[name[6:-6]] = bundle.manifest["heads"][name[6:-6]]
    else:
        if changed == lines:
            raise NothingToChange
        bundle.lines[name] = changed


def swap_salts(bundle: Bundle, chance: Random) -> None:
    one, other = shown_entry(bundle, chance), shown_entry(bundle, chance)
    if one is other:
        raise NothingToChange
    one["salt"], other["salt"] = other["salt"], one["salt"]


def change_a_salt_or_commitment(bundle: Bundle, chance: Random) -> None:
    lines, sealed = sealed_room(bundle, chance)
    line = chance.choice(lines[:sealed])
    name = "salt" if "salt" in line else "commitment"
    line[name] = flipped(chance, line[name])


def rearrange_entries(bundle: Bundle, chance: Random) -> None:
    lines, sealed = sealed_room(bundle, chance, least=2)
    part = lines[: sealed - 1] if chance.random() < 0.5 else lines[:sealed]
    rest = lines[len(part) :]
    rearrange(part, chance)
    # The last one doubled, and withheld, would be a tail, for which no checkpoint speaks.
    if part[:sealed] == lines[:sealed]:
        raise NothingToChange
    lines[:] = part + rest


def rewrite_an_entry(bundle: Bundle, chance: Random) -> None:
    line = shown_entry(bundle, chance)
    entry = json.loads(line["entry"])
    name = chance.choice(["at", "actor", "kind", "body", "att", "case", "room", "seq", "v", "new"])
    entry[name] = {
        "at": "2031-01-01T00:00:00.000Z", "actor": "ee" * 16, "kind": "Invented", "body": {"text": "Not I."},
        "att": [{"sha256": "ab" * 32, "len": 1, "name": "new.pdf"}], "case": "77" * 16, "room": "joint",
        "seq": entry["seq"] + 1, "v": 2, "new": 1,
    }[name]  # fmt: skip
    line["entry"] = chain.jcs(entry).decode() if chance.random() < 0.8 else json.dumps(entry)
    if chance.random() < 0.5:
        line["salt"] = chance.randbytes(32).hex()


def show_what_was_withheld(bundle: Bundle, chance: Random) -> None:
    room, (lines, sealed) = pick(chance, list(bundle.rooms().items()))
    at = pick(chance, [at for at in range(sealed) if "commitment" in lines[at]])
    entry = {
        "v": 1, "case": bundle.case_id, "room": room, "seq": at + 1, "at": "2026-01-31T09:31:00.000Z",
        "actor": "ee" * 16, "kind": "MessagePosted", "body": {"text": "I never said that."}, "att": [],
    }  # fmt: skip
    lines[at] = {"salt": chance.randbytes(32).hex(), "entry": chain.jcs(entry).decode()}


def change_a_checkpoint(bundle: Bundle, chance: Random) -> None:
    """Also signed anew with the portal's key: all but the last are held by the one after them."""
    at = chance.randrange(len(bundle.checkpoints))
    line = bundle.checkpoints[at]
    body = json.loads(line["k"])
    is_last = at == len(bundle.checkpoints) - 1
    name = chance.choice(["n", "case", "prev", "slots", "v"] if is_last else ["n", "case", "prev", "slots", "v", "at"])
    match name:
        case "n" | "v":
            body[name] += 1
        case "at":
            body["at"] = body["at"][:-4] + ("000Z" if body["at"][-4:] != "000Z" else "001Z")
        case "slots":
            slot = 0 if is_last else chance.randrange(16)
            body["slots"][slot] = flipped(chance, body["slots"][slot])
        case _:
            body[name] = flipped(chance, body[name])
    line["k"] = chain.jcs(body).decode()
    if chance.random() < 0.6:
        signer = next(ring for ring in bundle.keys if ring.key_id == line["key"])
        line["sig"] = signer.sign(chain.CHECKPOINT_DOMAIN, line["k"].encode()).hex()


def rearrange_checkpoints(bundle: Bundle, chance: Random) -> None:
    rearrange(bundle.checkpoints, chance)


def sign_a_checkpoint_with_another_key(bundle: Bundle, chance: Random) -> None:
    """A stranger's, or one of the portal's own that had been replaced or was not yet there."""
    line = chance.choice(bundle.checkpoints)
    at = json.loads(line["k"])["at"]
    # In the very millisecond in which one replaces the other, either signs rightly.
    right = {key["id"] for key in bundle.manifest["keys"] if key["from"] <= at and (key["until"] or at) >= at}
    signer = pick(chance, [ring for ring in [*bundle.keys, FOREIGN] if ring.key_id not in {line["key"], *right}])
    line["sig"] = signer.sign(chain.CHECKPOINT_DOMAIN, line["k"].encode()).hex()
    if signer is not FOREIGN or chance.random() < 0.5:
        line["key"] = signer.key_id


def change_an_opening(bundle: Bundle, chance: Random) -> None:
    opening = chance.choice(bundle.openings)
    match chance.choice(["r", "len", "slot", "checkpoint", "room"]):
        case "r":
            opening["r"] = flipped(chance, opening["r"])
        case "room":
            opening["room"] = chance.choice(["joint", "talks" if opening["room"] == "papers" else "papers"])
        case name:
            opening[name] += chance.choice([-1, 1, 2, 16])


def drop_double_or_swap_openings(bundle: Bundle, chance: Random) -> None:
    openings = bundle.openings
    one, other = chance.choice(openings), chance.choice(openings)
    match chance.choice(["drop", "double", "swap"]):
        case "drop":
            openings.remove(one)
        case "double":
            openings.append(dict(other))
        case _ if one["r"] != other["r"]:
            one["r"], other["r"] = other["r"], one["r"]
        case _:
            raise NothingToChange


def open_another_room(bundle: Bundle, chance: Random) -> None:
    room, slot = chance.choice([("joint", 2), ("caucus-client", 4), ("team-business", 5), ("private-a", 7)])
    bundle.openings.append(
        {"checkpoint": 1, "room": room, "slot": slot, "r": chance.randbytes(32).hex(), "len": chance.randint(0, 3)}
    )


def change_a_head(bundle: Bundle, chance: Random) -> None:
    bundle.signed()
    room = chance.choice(["papers", "talks"])
    head: dict[str, Any] | None = bundle.manifest["heads"].get(room) or {"len": 0, "head": "00" * 32}
    assert head is not None
    match chance.choice(["len", "head", "drop", "new"]):
        case "len":
            head = head | {"len": head["len"] + chance.choice([-1, 1])}
        case "head":
            head = head | {"head": flipped(chance, head["head"])}
        case "drop":
            head = None if room in bundle.manifest["heads"] else head
        case _:
            room = "team-client"
    bundle.heads[room] = head


def change_the_manifest(bundle: Bundle, chance: Random) -> None:
    keys = bundle.manifest["keys"]
    one = chance.choice(keys)
    match chance.choice(["case", "format", "id", "ed25519", "until", "drop", "double"]):
        case "case":
            bundle.manifest["case"] = flipped(chance, bundle.case_id)
        case "format":
            bundle.manifest["format"] = "mediation-record/2"
        case "until":
            one["until"] = "2031-01-01T00:00:00.000Z"
        case "drop":
            if one is not keys[-1] and one["id"] not in {line["key"] for line in bundle.checkpoints}:
                raise NothingToChange
            keys.remove(one)
        case "double":
            keys.append(one)
        case name:
            one[name] = flipped(chance, one[name])


def spoil_a_handover(bundle: Bundle, chance: Random) -> None:
    name = pick(chance, [name for name in bundle.files if name.startswith("documents/signing-key-")])
    handover = json.loads(bundle.files[name])
    match chance.choice(["sig", "k", "key", "foreign", "drop"]):
        case "k":
            handover["k"] = handover["k"].replace('"v":1', '"v":2')
        case "foreign":
            handover["sig"] = FOREIGN.sign(chain.KEY_DOMAIN, handover["k"].encode()).hex()
        case "drop":
            del bundle.files[name]
            return
        case field:
            handover[field] = flipped(chance, handover[field])
    bundle.files[name] = json.dumps(handover).encode()


def spoil_a_transcript(bundle: Bundle, chance: Random) -> None:
    """Its words are the exporter's own; where it says that they were said is not."""
    name = pick(chance, [name for name in bundle.lines if name.startswith("transcripts/") and bundle.lines[name]])
    lines = bundle.lines[name]
    line = chance.choice(lines)
    entry = json.loads(line["entry"])
    match chance.choice(["case", "room", "seq", "order", "twice"]):
        case "case":
            entry["case"] = flipped(chance, entry["case"])
        case "room":
            entry["room"] = "talks"
        case "seq":
            entry["seq"] = 0
        case "order" if len(lines) > 1:
            lines.reverse()
        case _:
            lines.append(dict(line))
    line["entry"] = chain.jcs(entry).decode()


def put_a_room_in_the_other_place(bundle: Bundle, chance: Random) -> None:
    """A transcript among the proven rooms, or a proven room among the transcripts with its openings left."""
    if chance.random() < 0.5:
        # Of a private room it could be that nothing is sealed yet, so that there is nothing to open.
        named = [name for name in bundle.lines if name.startswith("transcripts/") and "private-" not in name]
        name = pick(chance, named)
        lines = [{"salt": chance.randbytes(32).hex(), **line} for line in bundle.lines.pop(name)]
        bundle.lines[name.replace("transcripts/", "rooms/")] = lines
    else:
        name = pick(chance, [f"rooms/{room}.jsonl" for room in bundle.rooms()])
        lines = [{"entry": line["entry"]} for line in bundle.lines[name] if "entry" in line]
        bundle.lines[name.replace("rooms/", "transcripts/")] = lines
        if chance.random() < 0.5:
            del bundle.lines[name]


def change_an_attached_file(bundle: Bundle, chance: Random) -> None:
    name = pick(chance, [name for name in bundle.files if name.startswith("evidence/")])
    content = bundle.files.pop(name)
    if chance.random() < 0.7:
        changed = bent(chance, content)
        if changed == content:
            raise NothingToChange
        bundle.files[name] = changed
    else:
        bundle.files[f"evidence/{flipped(chance, name.removeprefix('evidence/'))}"] = content


def change_a_paper(bundle: Bundle, chance: Random) -> None:
    """A printed paper, or the text of the settlement: another one, or under another name."""
    printed = re.compile(r"documents/([a-z]+-[a-z]{2}\.pdf|settlement\.json)")
    papers = [name for name in bundle.files if printed.fullmatch(name)]
    name = pick(chance, papers)
    content = bundle.files.pop(name)
    changed = bent(chance, content)
    match chance.choice(["bytes", "bytes", "paper", "language"]):
        case "bytes" if changed != content:
            bundle.files[name] = changed
        case "paper":
            bundle.files["documents/certificate-en.pdf"] = content
        case _:
            bundle.files["documents/settlement-fr.pdf"] = content


def leave_out_or_add_a_file(bundle: Bundle, chance: Random) -> None:
    if chance.random() < 0.5:
        bundle.files[chance.choice(NOT_IN_A_BUNDLE)] = b""
    else:
        name = chance.choice(["README.txt", "checkpoints.jsonl", "openings.jsonl", "rooms/papers.jsonl"])
        (bundle.files if name == "README.txt" else bundle.lines).pop(name)


CHANGES: list[Change] = [
    bend_a_line,
    swap_salts,
    change_a_salt_or_commitment,
    rearrange_entries,
    rewrite_an_entry,
    show_what_was_withheld,
    change_a_checkpoint,
    rearrange_checkpoints,
    sign_a_checkpoint_with_another_key,
    change_an_opening,
    drop_double_or_swap_openings,
    open_another_room,
    change_a_head,
    change_the_manifest,
    spoil_a_handover,
    spoil_a_transcript,
    put_a_room_in_the_other_place,
    change_an_attached_file,
    change_a_paper,
    leave_out_or_add_a_file,
]


# ── somebody with a key of their own ────────────────────────────────────────────────────────────────────────────────


def forge(bundle: Bundle, chance: Random, _number: int) -> Mutant:
    """Changed or not, and signed with a key that is not the portal's."""
    what = "nothing else"
    if chance.random() < 0.5:
        change = chance.choice(CHANGES)
        change(bundle, chance)
        what = change.__name__
    mine = {"id": FOREIGN.key_id, "ed25519": FOREIGN.ed25519.hex(), "from": "1970-01-01T00:00:00.000Z", "until": None}
    files = bundle.signed(FOREIGN)
    keys = bundle.manifest["keys"]
    how = chance.choice(["as the portal", "as a stranger", "in its place", "after it", "after it, handed over"])
    match how:
        case "as the portal":
            files |= signature(bundle.manifest, FOREIGN, bundle.keys[-1].key_id)
        case "in its place":
            bundle.manifest["keys"] = [mine]
            files = {n: c for n, c in bundle.signed(FOREIGN).items() if not n.startswith("documents/signing-key-")}
            files |= signature(relisted(bundle.manifest, files), FOREIGN)
        case "after it" | "after it, handed over":
            when = "2030-01-01T00:00:00.000Z"
            if keys:
                keys[-1]["until"] = when
            keys.append(mine | {"from": when})
            k = chain.jcs({"v": 1, **{name: keys[-1][name] for name in ("id", "ed25519", "from")}})
            word = {"k": k.decode(), "sig": FOREIGN.sign(chain.KEY_DOMAIN, k).hex(), "key": bundle.keys[-1].key_id}
            if how == "after it, handed over":
                bundle.files[f"documents/signing-key-{FOREIGN.key_id}.json"] = json.dumps(word).encode()
            files = bundle.signed(FOREIGN)
        case _:
            pass  # it says whose it is
    return Mutant(f"with another key, {how}: {what}", zipped(files))


def relisted(manifest: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    return manifest | {"files": [listed for listed in manifest["files"] if listed["name"] in files]}
