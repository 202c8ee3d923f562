"""Each key of the desk is changed for another, and what hung on the old one still holds as far as it should."""

import io
import json
import shutil
import subprocess
import sys
import zipfile

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from tests.factories import PASSWORD, fake_key, make_admin, make_agent, make_ticket
from tests.failures import make_row, make_token
from tests.triage.test_production import manage
from tests.triage.test_settings import settings_with
from tickets.models import AuditEntry, Invitation, KeyRecord, Role
from tickets.services.account import keys_among, seal, unseal
from tickets.services.bundle import contents_of, pack, public_key
from tickets.services.failure.storing import store
from tickets.services.invitation import invite
from tickets.services.key_change import seal_anew, standing
from tickets.services.mail.marks import reply_address_of, ticket_in_addresses
from tickets.services.redaction import make_storable
from triage.second_factor import DeskFactors

pytestmark = pytest.mark.django_db
OLD, NEW = "old secret 0123456789 abcdefghijklm", "new secret 9876543210 zyxwvutsrqpon"


@pytest.fixture
def change(settings):
    """Another secret key, with or without a word of the old one."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []

    def changed(*, named: bool) -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD] if named else []

    return changed


def test_who_is_signed_in_stays_so_as_long_as_the_old_key_is_named(client, change):
    assert client.login(email=make_agent().email, password=PASSWORD)
    change(named=True)
    assert client.get(reverse("inbox")).status_code == 200
    change(named=False)  # the session was signed anew meanwhile

    assert client.get(reverse("inbox")).status_code == 200


def test_who_did_not_come_by_meanwhile_signs_in_again(client, change):
    assert client.login(email=make_agent().email, password=PASSWORD)
    change(named=False)

    assert client.get(reverse("inbox")).status_code == 302


def test_links_and_marks_of_before_hold_as_long_as_the_old_key_is_named(change, settings):
    settings.INBOUND_ADDRESS = "desk@desk.invalid"
    invitation = invite(email="new@desk.invalid", name="N", role=Role.AGENT, language="en", by=make_admin())
    token, address = invitation.token, reply_address_of(7)
    keys = keys_among(make_storable(f"my key is {fake_key()}"))
    sealed = seal(keys)

    change(named=True)
    assert Invitation.objects.with_token(token).get() == invitation
    assert ticket_in_addresses([address]) == 7
    assert reply_address_of(7) != address
    assert unseal(sealed) == keys

    change(named=False)
    assert not Invitation.objects.with_token(token).exists()
    assert ticket_in_addresses([address]) is None
    assert unseal(sealed) == []


def test_secrets_of_apps_and_recovery_codes_are_sealed_anew(change):
    person = make_agent()
    app = TOTP.activate(person, "JBSWY3DPEHPK3PXP").instance
    codes = RecoveryCodes.activate(person)
    shown = codes.get_unused_codes()
    change(named=True)
    assert (standing().sealed, standing().sealed_before, standing().lost) == (2, 2, 0)

    assert seal_anew() == 2
    assert seal_anew() == 0
    change(named=False)

    assert (standing().sealed_before, standing().lost) == (0, 0)
    app.refresh_from_db()
    codes.instance.refresh_from_db()
    assert DeskFactors().decrypt(app.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert RecoveryCodes(codes.instance).get_unused_codes() == shown


def test_what_was_sealed_by_a_key_that_nobody_names_is_told_and_left(change):
    app = TOTP.activate(make_agent(), "JBSWY3DPEHPK3PXP").instance
    before = app.data["secret"]
    change(named=False)

    assert seal_anew() == 0
    assert standing().lost == 1
    app.refresh_from_db()
    assert app.data["secret"] == before


@pytest.fixture
def pepper(settings):
    settings.PEPPER, settings.PEPPERS_BEFORE = OLD.encode(), ()

    def changed(*, named: bool) -> None:
        settings.PEPPER, settings.PEPPERS_BEFORE = NEW.encode(), (OLD.encode(),) if named else ()

    return changed


def test_a_key_is_known_again_as_long_as_the_old_pepper_is_named(pepper):
    first = make_ticket(f"401 with {fake_key()}")
    unseen = make_ticket(f"401 with {fake_key('cd34')}").key
    assert first.key is not None
    assert unseen is not None
    old = first.key.fingerprint
    pepper(named=True)
    assert standing().fingerprints_before == 2

    again = make_ticket(f"still 401 with {fake_key()}")

    assert again.key_id == first.key_id
    record = KeyRecord.objects.get(pk=first.key.pk)
    assert (record.fingerprint_before, record.fingerprint != old) == (old, True)
    assert standing().fingerprints_before == 1
    pepper(named=False)
    assert make_ticket(f"once more {fake_key()}").key_id == first.key_id
    assert make_ticket(f"401 with {fake_key('cd34')}").key_id != unseen.pk  # was not seen in time


def test_a_failure_that_comes_again_after_the_change_counts_once(pepper):
    row, token = make_row(), make_token()
    assert store([row], token=token).accepted == 1
    pepper(named=True)

    again = store([row, make_row()], token=token)

    assert (again.accepted, again.duplicates) == (1, 1)


def test_a_bundle_of_before_is_checked_with_the_key_of_before(client, settings, tmp_path):
    settings.SIGNING_KEY, settings.SIGNED_BEFORE = OLD, []
    before = public_key()
    path = tmp_path / "ticket.zip"
    path.write_bytes(pack(contents_of(make_ticket(), with_notes=False), "<p>to read</p>"))
    settings.SIGNING_KEY, settings.SIGNED_BEFORE = NEW, [before]

    published = client.get("/.well-known/triage-desk-key.json").json()

    assert published["public_key"] == public_key() != before
    assert published["earlier_public_keys"] == [before]
    for key, is_fine in ((before, True), (public_key(), False)):
        assert (checked(path, key).returncode == 0) is is_fine


def checked(path, key: str) -> subprocess.CompletedProcess[str]:
    script = path.parent / "verify.py"
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        script.write_bytes(packed.read("verify.py"))
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(path), "--key", key], capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A desk that was set up and never used."""
    folder = tmp_path_factory.mktemp("prepared")
    assert manage(["prepare"], folder).returncode == 0
    return folder


@pytest.mark.own_folder
@pytest.mark.xdist_group("prepared")
@pytest.mark.parametrize(
    ("kind", "now", "before"),
    [
        ("secret-key", "SECRET_KEY", "SECRET_KEY_FALLBACKS"),
        ("pepper", "PEPPER", "PEPPERS_BEFORE"),
        ("signing-key", "SIGNING_KEY", "SIGNED_BEFORE"),
    ],
)
def test_the_command_keeps_the_old_key_beside_the_new_one(prepared, tmp_path, kind, now, before):
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    old = settings_with([now, before], tmp_path)
    for _ in range(2):
        done = manage(["change_key", kind], tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    new = settings_with([now, before], tmp_path)

    assert old[before] == []
    assert old[now] != new[now]
    assert len(new[before]) == 2
    if kind == "signing-key":
        assert all(len(key) == 64 and key != new[now] for key in new[before])
    else:
        assert new[before][-1] == old[now]
    assert (
        (tmp_path / kind).stat().st_mode & 0o777,
        (tmp_path / f"{kind}-before").stat().st_mode & 0o777,
    ) == (
        0o600,
        0o600,
    )
    said = manage(["keys", "--seal-anew"], tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert "2 earlier" in said.stdout


def test_a_key_of_the_environment_is_changed_there(tmp_path, monkeypatch):
    monkeypatch.setenv("TRIAGE_PEPPER", "x" * 40)

    with pytest.raises(CommandError, match="TRIAGE_PEPPER_BEFORE"):
        call_command("change_key", "pepper")
    assert not AuditEntry.objects.filter(kind="keys").exists()


def test_earlier_keys_of_the_environment_are_read(tmp_path):
    earlier = f"{'a1' * 20}, {'b2' * 20}"
    found = settings_with(["SECRET_KEY_FALLBACKS"], tmp_path, TRIAGE_SECRET_KEY_BEFORE=earlier)
    assert found["SECRET_KEY_FALLBACKS"] == ["a1" * 20, "b2" * 20]

    short = manage(["check"], tmp_path, TRIAGE_SECRET_KEY_BEFORE="short")
    assert short.stderr.startswith("Configuration: TRIAGE_SECRET_KEY_BEFORE must hold")
    assert json.dumps("short") not in short.stderr
