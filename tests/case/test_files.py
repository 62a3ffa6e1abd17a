"""Files: each in one room, kept by its hash, taken back by whoever added it."""

from casebook import mediated_case
from mediation.case import commands as c


def test_a_file_in_a_caucus_is_there_for_its_readers_and_for_nobody_else() -> None:
    case = mediated_case().in_caucus("client")
    before = case.sees("handler")
    file = case.add_file("client", "caucus-client", "our-limit.pdf", origin="made-for-mediation")
    shown = case.sees("mediator").files
    assert [(f.file, f.room, f.origin, f.can) for f in shown] == [(file, "caucus-client", "made-for-mediation", [])]
    assert case.sees("client").files[0].can == ["WithdrawFile"]
    assert case.sees("handler") == before


def test_it_takes_a_room_in_which_one_may_speak() -> None:
    case = mediated_case()
    arrived = {"name": "a.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    file = {**arrived, "origin": "existed-before"}
    assert case.refused("client", c.AddFile, room="caucus-business", **file) == "not-in-this-room"
    assert case.refused("client", c.AddFile, room="papers", **file) == "not-in-this-room"
    case.do("mediator", c.Pause)
    assert case.refused("client", c.AddFile, room="joint", **file) == "talks-are-paused"
    case.do("client", c.AddFile, room="team-client", **file)


def test_taken_back_it_is_gone_and_the_log_folds_without_it() -> None:
    case = mediated_case()
    file = case.add_file("client", "joint", "wrong.pdf")
    assert case.refused("handler", c.WithdrawFile, room="joint", file=file) == "not-yours"
    case.do("client", c.WithdrawFile, room="joint", file=file)
    assert case.sees("handler").files == []
    assert case.refused("client", c.WithdrawFile, room="joint", file=file) == "not-there"
    assert not any(told is not None and "wrong.pdf" in str(told.event) for told in case.book.rooms["joint"])
    assert not case.joint.files


def test_correspondence_stays_also_when_it_is_a_file() -> None:
    case = mediated_case()
    file = case.add_file("client", "talks", "invoice.pdf")
    assert case.refused("client", c.WithdrawFile, room="talks", file=file) == "correspondence-stays"
    assert case.sees("client").files[0].can == []
