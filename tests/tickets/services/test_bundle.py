import io
import json
import subprocess
import sys
import zipfile

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.factories import make_agent, make_ticket
from tickets.models import Event
from tickets.services.anchor import anchor_chains
from tickets.services.bundle import contents_of, pack, public_key
from tickets.services.bundle.signing import sign
from tickets.services.bundle.verify import ORDER, check, read, verifies
from tickets.services.event import record
from tickets.services.message import add_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle(tmp_path):
    """A ticket in two anchors, with a note, packed."""
    make_ticket()
    ticket = make_ticket()
    anchor_chains("2026-01-30")
    add_note(ticket, by=make_agent(), body="look at the route")
    make_ticket()
    anchor_chains("2026-01-31")
    ticket.refresh_from_db()
    path = tmp_path / "ticket.zip"
    path.write_bytes(pack(contents_of(ticket, with_notes=True), "<p>to read</p>"))
    return path


def test_somebody_with_python_alone_checks_it_unpacked(bundle, tmp_path):
    """-I and -S: neither our packages nor anything installed is there."""
    with zipfile.ZipFile(bundle) as packed:
        packed.extractall(tmp_path / "there")

    done = subprocess.run(
        [sys.executable, "-I", "-S", str(tmp_path / "there" / "verify.py"), "--key", public_key()],
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "FAILED" not in done.stdout
    assert "ok      that is the key you named" in done.stdout
    assert "entries 1 to 5 are held by anchors, the last of 2026-01-31" in done.stdout


def test_notes_are_left_out_unless_asked_for(bundle):
    ticket = Event.objects.get(kind="noted").ticket

    without = contents_of(ticket, with_notes=False)

    assert "look at the route" not in json.dumps(without)
    assert without["chain"]["length"] == len(without["chain"]["entries"])


CHANGES = {
    "a message": lambda ticket: ticket["messages"][0].update(text="it was me"),
    "an entry's content": lambda ticket: ticket["chain"]["entries"][1]["data"].update(more=1),
    "an entry's kind": lambda ticket: ticket["chain"]["entries"][2].update(kind="resolved"),
    "an entry's time": lambda ticket: ticket["chain"]["entries"][2].update(at="2026-01-01T00:00:00+00:00"),
    "an entry gone": lambda ticket: ticket["chain"]["entries"].pop(1),
    "the last entry gone": lambda ticket: ticket["chain"]["entries"].pop(),
    "two entries swapped": lambda ticket: ticket["chain"]["entries"].reverse(),
    "an entry emptied": lambda ticket: ticket["chain"]["entries"][1].update(data={}, salt=""),
    "the head": lambda ticket: ticket["chain"].update(head="f" * 64),
    "an anchor": lambda ticket: ticket["anchors"]["heads"][0].update(root="f" * 64),
    "an anchor gone": lambda ticket: ticket["anchors"]["heads"].pop(0),
    "a proof": lambda ticket: ticket["anchors"]["proofs"][0].update(way=[]),
    "a proof of another chain": lambda ticket: ticket["anchors"]["proofs"][0]["leaf"].__setitem__(0, 1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_even_if_the_desk_signs_it_again(bundle, change):
    files = read(str(bundle))
    ticket = json.loads(files["ticket.json"])
    CHANGES[change](ticket)
    again = _unpacked(pack(ticket, "<p>to read</p>"))

    try:
        held = all(holds for holds, _ in check(again))
    except KeyError:
        held = False

    assert not held


@pytest.mark.parametrize("name", ["ticket.json", "ticket.html", "verify.py", "manifest.json", "manifest.sig"])
def test_a_changed_file_does_not_fit_the_signature(bundle, name):
    files = read(str(bundle))
    files[name] = files[name].replace(b"0", b"1", 1) if b"0" in files[name] else files[name] + b" "

    assert not all(holds for holds, _ in check(files))


def test_another_key_or_anchor_than_the_reader_knows_fails(bundle):
    files = read(str(bundle))

    assert [words for holds, words in check(files, "f" * 64, ["e" * 64]) if not holds] == [
        "that is the key you named",
        "the anchor that you named is among them",
    ]


def test_an_emptied_entry_that_is_told_of_is_fine(tmp_path):
    ticket = make_ticket()
    ticket.events.filter(position=2).update(data={}, salt="")
    record(ticket, Event.ERASED, by="retention", positions=[2])
    ticket.refresh_from_db()

    found = check(_unpacked(pack(contents_of(ticket, with_notes=True), "")))

    assert all(holds for holds, _ in found), found


def test_the_script_agrees_with_a_library_about_signatures():
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    for length in (0, 1, 63, 64, 1000):
        message = bytes(range(256)) * 4
        signature = key.sign(message[:length])
        assert verifies(public, message[:length], signature)
        for wrong in (signature[::-1], bytes(64), signature[:32] + bytes(32), signature[:63]):
            assert not verifies(public, message[:length], wrong)
            with pytest.raises(InvalidSignature):
                key.public_key().verify(wrong, message[:length])
        scalar = int.from_bytes(signature[32:], "little") + ORDER
        assert not verifies(public, message[:length], signature[:32] + scalar.to_bytes(32, "little"))
    assert not verifies(bytes.fromhex(public_key()), b"other", bytes.fromhex(sign(b"one")))


def test_no_bundle_is_said_so(tmp_path, capsys):
    from tickets.services.bundle.verify import main

    (tmp_path / "manifest.json").write_text("[]")

    assert main([str(tmp_path)]) == 1
    assert "FAILED  this is no whole bundle" in capsys.readouterr().out


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
