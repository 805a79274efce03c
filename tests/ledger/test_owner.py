"""A desk is paid from one ledger on one computer: an older copy, another ledger, another computer are stopped."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.ledger.ledgers import STATE, entry, filled, opened
from xlflow.ledger import Refused, read_ledger

THEN = "; then delete .xlflow-owner in the desk's folder"
NEWEST = (
    "put the newest ledger.db and ledger.key in their place. Only if they are lost for good, go on with what there is, "
    f"and reconcile all statements before anything is paid{THEN}"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk with a ledger of ten entries."""
    filled(tmp_path / "desk", 10)
    return tmp_path / "desk"


def owner(home: Path) -> dict[str, object]:
    """What the owner file says."""
    found: dict[str, object] = json.loads((home / ".xlflow-owner").read_text(encoding="utf-8"))
    return found


def refused(home: Path) -> tuple[str, str, str]:
    """Why the ledger is not opened."""
    with pytest.raises(Refused) as problem:
        opened(home)
    return problem.value.code, str(problem.value.message), str(problem.value.fix)


def test_the_owner_file_names_ledger_computer_and_head(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlflow.ledger.owner.socket.gethostname", lambda: "财务-PC.local")
    (home / ".xlflow-owner").unlink()
    with opened(home) as ledger:
        head = ledger.head
        assert owner(home) == {"ledger": ledger.id, "machine": "财务-PC", "seq": 10, "hash": head.hash}
        head = ledger.commit([entry(11)])
    assert owner(home) == {"ledger": ledger.id, "machine": "财务-PC", "seq": 11, "hash": head.hash}
    text = (home / ".xlflow-owner").read_text(encoding="utf-8")
    assert "/" not in text
    assert sorted(path.name for path in home.iterdir()) == [STATE, ".xlflow-owner"]


def test_an_interrupted_confirmation_is_made_up_for(home: Path) -> None:
    before = (home / ".xlflow-owner").read_bytes()
    with opened(home) as ledger:
        ledger.commit([entry(11)])
    (home / ".xlflow-owner").write_bytes(before)
    with opened(home) as ledger:
        assert owner(home)["seq"] == ledger.head.seq == 11


def test_another_computer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = owner(home)["machine"]
    monkeypatch.setattr("xlflow.ledger.owner.socket.gethostname", lambda: "other")
    assert refused(home) == (
        "other-machine",
        f"the ledger of this desk is kept on the computer {mine}, and this is other",
        "pay from that computer. To go on here for good, stop xlflow there and copy its state folder, ledger.db and "
        f"ledger.key, into the one of this computer{THEN}",
    )
    shutil.rmtree(home / STATE)
    assert refused(home)[0] == "other-machine"
    assert not (home / STATE).exists()


def test_taking_over(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlflow.ledger.owner.socket.gethostname", lambda: "other")
    (home / ".xlflow-owner").unlink()
    with opened(home) as ledger:
        assert (owner(home)["machine"], owner(home)["seq"], ledger.head.seq) == ("other", 10, 10)
    monkeypatch.setattr("xlflow.ledger.owner.socket.gethostname", lambda: "first")
    assert refused(home)[0] == "other-machine"


def test_an_older_copy(home: Path) -> None:
    copy = (home / STATE / "ledger.db").read_bytes()
    with opened(home) as ledger:
        ledger.commit([entry(11), entry(12)])
    (home / STATE / "ledger.db").write_bytes(copy)
    behind = "the ledger is an older copy: this desk has seen 12 events, and it has 10"
    assert refused(home) == ("ledger-behind", behind, NEWEST)
    found = read_ledger(home / STATE)
    assert found is not None
    with found as ledger:
        assert (ledger.head.seq, ledger.verify()) == (10, [])


def test_a_copy_that_went_its_own_way(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "other")
    with opened(home) as ledger:
        ledger.commit([entry(11)])
    with opened(tmp_path / "other") as ledger:
        ledger.commit([entry(12), entry(13)])
    shutil.copy(tmp_path / "other" / STATE / "ledger.db", home / STATE)
    own_way = "the ledger is a copy that has gone its own way: other things happened in it than on this desk"
    assert refused(home) == ("ledger-behind", own_way, NEWEST)


def test_a_lost_ledger_and_another_one(home: Path, tmp_path: Path) -> None:
    shutil.rmtree(home / STATE)
    lost = "this desk has a ledger of 10 events, and it is not in the state folder"
    assert refused(home) == ("ledger-behind", lost, NEWEST)
    filled(tmp_path / "other", 20)
    shutil.copytree(tmp_path / "other" / STATE, home / STATE)
    another = "the ledger in the state folder is not the one that this desk has had so far"
    assert refused(home) == ("ledger-behind", another, NEWEST)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "\0", '{"ledger": "a", "machine": "b", "seq": null, "hash": "c"}', b"\xff"]
)
def test_an_owner_file_that_cannot_be_read(home: Path, text: str | bytes) -> None:
    (home / ".xlflow-owner").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert refused(home) == (
        "owner-broken",
        f"{home / '.xlflow-owner'} cannot be read, so it is not known which ledger owns this desk",
        f"see that no other computer works on this desk{THEN}",
    )


def test_a_synced_folder(tmp_path: Path) -> None:
    home = tmp_path / "坚果云 desk"
    assert refused(home) == (
        "network-folder",
        f"the state folder {home / STATE} is on a network or in a synced folder (坚果云 desk)",
        "set `state` under [desk] in xlflow.toml to a folder on this computer's own disk",
    )
    assert not home.exists()
