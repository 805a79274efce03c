"""A file is replaced: old or new and whole whatever fails, never under somebody's hands, by one run at a time."""

from __future__ import annotations

import errno
import os
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from xlflow.excel import atomic, hold, replace
from xlflow.excel.atomic import beside, strays, sweep, write_new
from xlflow.excel.backups import Backups, backups
from xlflow.excel.errors import BookError
from xlflow.excel.lockers import lock_file, own_lock

NAME = "退运费表.xlsx"
OLD, NEW, THEIRS = b"old" * 5000, b"new" * 6000, b"theirs" * 100


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "desk" / NAME
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


@pytest.fixture
def kept(register: Path) -> Backups:
    return backups(register, register.parent.with_name("backups"))


@pytest.fixture(autouse=True)
def no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody cuts the power here; kill_save.py has the disk for its own."""
    monkeypatch.setattr(os, "fsync", lambda file: None)


def fine(data: bytes) -> None:
    assert data == NEW


def put(register: Path, kept: Backups, verify: Callable[[bytes], None] = fine) -> Path:
    return replace.replace(register, OLD, NEW, kept, verify)


def refusal(act: Callable[[], object]) -> tuple[str, str, str]:
    with pytest.raises(BookError) as caught:
        act()
    return caught.value.code, str(caught.value.message), str(caught.value.fix)


def left(register: Path) -> list[str]:
    """What else lies in the register's folder, and in the backups'."""
    folders = (register.parent, register.parent.with_name("backups"))
    return [path.name for folder in folders if folder.exists() for path in folder.iterdir() if path != register]


def test_the_new_file_takes_the_old_ones_place(register: Path, kept: Backups) -> None:
    copy = put(register, kept)
    assert register.read_bytes() == NEW
    assert copy.read_bytes() == OLD
    assert left(register) == [copy.name]


def test_what_is_verified_is_what_lies_on_the_disk(
    register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, bytes(data)[:700]))
    put(register, kept, seen.append)
    assert seen == [NEW]


def test_what_reads_back_wrong_is_not_put_in_place(register: Path, kept: Backups) -> None:
    def wrong(_: bytes) -> None:
        raise BookError("cannot-write", replace.Text("bits fell over"))

    assert refusal(lambda: put(register, kept, wrong))[1] == "bits fell over"
    assert register.read_bytes() == OLD
    assert left(register) == []


# What stays and what does not


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_stays(register: Path, kept: Backups, mode: int) -> None:
    register.chmod(mode)
    put(register, kept)
    assert stat.S_IMODE(register.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(register: Path, kept: Backups) -> None:
    os.chown(register, 4711, 4712)
    register.chmod(0o640)
    put(register, kept)
    found = register.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (4711, 4712, 0o640)


def test_an_owner_that_cannot_stay_is_no_silent_loss(
    register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    plain = Path.stat
    old = plain(register)

    def others(self: Path, **more: bool) -> object:
        found = plain(self, **more)
        return os.stat_result((*found[:4], found.st_uid + 1, *found[5:])) if self == register else found

    monkeypatch.setattr(os, "chown", denied)
    monkeypatch.setattr(Path, "stat", others)
    assert refusal(lambda: put(register, kept))[0] == "cannot-write"
    monkeypatch.undo()
    assert (register.stat().st_ino, register.read_bytes()) == (old.st_ino, OLD)
    assert left(register) == []


def test_attributes_stay(register: Path, kept: Backups) -> None:
    try:
        os.setxattr(register, "user.label", b"internal")
    except OSError:
        pytest.skip("this disk keeps no attributes")
    put(register, kept)
    assert os.getxattr(register, "user.label") == b"internal"


@pytest.mark.parametrize("age", [0, 86_400])
def test_the_time_of_change_is_new(register: Path, kept: Backups, age: int) -> None:
    then = time.time() - age
    os.utime(register, (then, then))
    before = register.stat().st_mtime_ns
    put(register, kept)
    assert before < register.stat().st_mtime_ns <= time.time_ns()


def test_a_link_stays_a_link(register: Path, kept: Backups) -> None:
    folder = register.parent.with_name("links")
    folder.mkdir()
    link, further = folder / "表.xlsx", folder / "again.xlsx"
    link.symlink_to(f"../desk/{NAME}")
    further.symlink_to(link)
    put(further, kept)
    assert (os.readlink(link), os.readlink(further)) == (f"../desk/{NAME}", str(link))
    assert register.read_bytes() == NEW
    assert sorted(path.name for path in folder.iterdir()) == ["again.xlsx", "表.xlsx"]


def test_a_file_that_is_write_protected_stays(register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: (Path(path), mode) != (register, os.W_OK))
    assert refusal(lambda: put(register, kept)) == (
        "cannot-write",
        "退运费表.xlsx is write-protected",
        "take the write protection off in its properties, and try again",
    )
    assert left(register) == []


# Somebody else


@pytest.mark.parametrize("lock", [f"~${NAME}", f".~{NAME}", f".~lock.{NAME}#"])
def test_a_file_somebody_has_open_stays(register: Path, kept: Backups, lock: str) -> None:
    register.with_name(lock).write_bytes(b"")
    code, message, _ = refusal(lambda: put(register, kept))
    program = {"~$": "Excel", ".~l": "LibreOffice"}.get(lock[: 2 + (lock[:3] == ".~l")], "WPS")
    assert (code, message) == ("file-open", f"{NAME} is open in {program}")
    assert register.read_bytes() == OLD
    assert left(register) == [lock]


@pytest.mark.parametrize("lock", [f"~${NAME}", f".~{NAME}"])
def test_somebody_opens_it_meanwhile(register: Path, kept: Backups, lock: str) -> None:
    assert refusal(lambda: put(register, kept, lambda _: touch(register.with_name(lock))))[0] == "file-open"
    assert register.read_bytes() == OLD
    assert left(register) == [lock]


def touch(path: Path) -> None:
    path.write_bytes(b"")


def test_libreoffice_takes_our_lock_for_its_own(register: Path, kept: Backups) -> None:
    lock = lock_file(register)
    theirs = b",wang,PC-7,02.03.2026 09:00,file:///home/wang;"
    assert refusal(lambda: put(register, kept, lambda _: lock.write_bytes(theirs) and None))[:2] == (
        "file-open",
        f"{NAME} is open in LibreOffice, by wang",
    )
    assert register.read_bytes() == OLD
    assert lock.read_bytes() == theirs
    assert left(register) == [lock.name]


def test_somebody_removes_our_lock(register: Path, kept: Backups) -> None:
    assert refusal(lambda: put(register, kept, lambda _: lock_file(register).unlink()))[0] == "file-open"
    assert register.read_bytes() == OLD
    assert left(register) == []


@pytest.mark.parametrize("theirs", [THEIRS, OLD[:-1] + b"X", b""])
def test_a_file_that_was_changed_stays(register: Path, kept: Backups, theirs: bytes) -> None:
    register.write_bytes(theirs)
    assert refusal(lambda: put(register, kept)) == (
        "changed-since-read",
        "退运费表.xlsx was changed after it was read, so nothing was written",
        "try again: it is then read as it is now",
    )
    assert register.read_bytes() == theirs
    assert left(register) == []


def overwrite(register: Path) -> None:
    register.write_bytes(THEIRS)


def exchange(register: Path) -> None:
    """As Excel saves: another file of that name; here of the same size and time."""
    old = register.stat()
    theirs = register.with_name("theirs")
    theirs.write_bytes(b"X" * len(OLD))
    os.utime(theirs, ns=(old.st_atime_ns, old.st_mtime_ns))
    theirs.replace(register)


@pytest.mark.parametrize("save", [overwrite, exchange])
@pytest.mark.parametrize("moment", ["verify", "backup", "last"])
def test_a_colleagues_save_is_noticed_up_to_the_rename(
    register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path], None], moment: str
) -> None:
    verify = fine
    if moment == "verify":

        def verify(_: bytes) -> None:
            save(register)
    elif moment == "backup":
        monkeypatch.setattr(Backups, "keep", after(Backups.keep, lambda: save(register)))
    else:
        monkeypatch.setattr(replace, "ensure_closed", nth(3, replace.ensure_closed, lambda: save(register)))
    assert refusal(lambda: put(register, kept, verify))[0] == "changed-since-read"
    assert register.read_bytes() != OLD
    assert register.read_bytes() != NEW
    assert left(register) == []


def after(act: Callable[..., object], then: Callable[[], None]) -> Callable[..., object]:
    def both(*args: object) -> object:
        result = act(*args)
        then()
        return result

    return both


def nth(number: int, act: Callable[..., object], then: Callable[[], None]) -> Callable[..., object]:
    calls = iter(range(1, 1000))
    return lambda *args: (act(*args), then() if next(calls) == number - 1 else None)[0]


def test_a_save_while_we_look_is_noticed(register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def late(path: Path) -> bytes:
        data = read(path)
        if path == register:
            register.write_bytes(THEIRS)
        return data

    monkeypatch.setattr(Path, "read_bytes", late)
    assert refusal(lambda: put(register, kept))[0] == "changed-since-read"
    monkeypatch.undo()
    assert register.read_bytes() == THEIRS


def test_a_file_that_is_gone(register: Path, kept: Backups) -> None:
    register.unlink()
    assert refusal(lambda: put(register, kept)) == (
        "file-missing",
        f"there is no file {register}",
        "put it there, or correct its path in xlflow.toml",
    )
    assert left(register) == []
    assert refusal(lambda: put(register.parent / "no" / NAME, kept))[0] == "file-missing"


# Our own lock


def test_one_run_waits_for_the_other(register: Path, kept: Backups) -> None:
    with hold.hold(register):
        thread = threading.Thread(target=put, args=(register, kept))
        thread.start()
        time.sleep(0.1)
        assert register.read_bytes() == OLD
    thread.join()
    assert register.read_bytes() == NEW


def test_who_waits_too_long_is_told_so(register: Path) -> None:
    with hold.hold(register):
        assert refusal(lambda: hold.hold(register, 0.1).__enter__()) == (
            "file-open",
            "退运费表.xlsx is open in xlflow",
            "close it there and try again; if nobody has it open, delete the left-over file "
            ".~lock.退运费表.xlsx# beside it",
        )
    assert left(register) == []


def test_many_take_turns(register: Path) -> None:
    inside, most = [], []

    def turn() -> None:
        for _ in range(20):
            with hold.hold(register, 20):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=turn) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (set(most), len(most)) == ({1}, 100)
    assert left(register) == []


def test_the_lock_of_a_killed_run_is_taken_over(register: Path, kept: Backups) -> None:
    lock_file(register).write_bytes(own_lock())
    beside(register).write_bytes(b"half a file")
    copy = put(register, kept)
    assert register.read_bytes() == NEW
    assert left(register) == [copy.name]


def test_the_lock_of_another_computer_counts(register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "wang")
    with monkeypatch.context() as patch:
        patch.setattr(socket, "gethostname", lambda: "PC-7")
        lock_file(register).write_bytes(own_lock())
    assert refusal(lambda: put(register, kept))[:2] == ("file-open", f"{NAME} is open in xlflow, by wang PC-7")


def test_libreoffice_sees_a_lock_of_its_own_form(register: Path) -> None:
    with hold.hold(register):
        fields = lock_file(register).read_text(encoding="utf-8").split(",")
        assert len(fields) == 5
        assert (fields[0], fields[2], fields[4]) == ("xlflow", socket.gethostname(), "xlflow;")
        assert time.strptime(fields[3], "%d.%m.%Y %H:%M")
        assert left(register) == [lock_file(register).name]


def test_disks_without_second_names(register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(os, "link", unknown)
    copy = put(register, kept)
    with hold.hold(register):
        assert refusal(lambda: hold.hold(register, 0).__enter__())[0] == "file-open"
    assert left(register) == [copy.name]


def test_a_folder_that_cannot_be_locked(register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def unknown(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)
    assert refusal(lambda: put(register, kept)) == (
        "cannot-write",
        "退运费表.xlsx cannot be saved: No locks available",
        "see that the disk is not full, and that you may write to its folder and to that of the backups",
    )
    assert register.read_bytes() == OLD


def test_clean_up_removes_what_a_killed_run_left(register: Path) -> None:
    assert not replace.clean_up(register)
    beside(register).write_bytes(b"half a file")
    assert replace.clean_up(register)
    lock_file(register).write_bytes(own_lock())
    assert replace.clean_up(register)
    assert left(register) == []


def test_clean_up_leaves_alone_what_is_in_use(register: Path) -> None:
    with hold.hold(register):
        beside(register).write_bytes(b"half a file")
        assert not replace.clean_up(register)
        assert len(strays(register)) == 1
    lock_file(register).write_bytes(b",wang,PC-7,02.03.2026 09:00,file:///home/wang;")
    assert not replace.clean_up(register)


def test_only_what_is_ours_is_swept(register: Path) -> None:
    others = [register.with_name(name) for name in ("表.xlsx", ".~xlflow-notes.tmp", ".~WRL0001.tmp", "x.tmp")]
    others.append(beside(register.with_name("收货表.xlsx")))
    for other in others:
        other.write_bytes(b"")
    beside(register).write_bytes(b"")
    sweep(register)
    assert set(left(register)) == {other.name for other in others}


def test_no_pattern_for_workbooks_takes_what_we_lay_beside(register: Path) -> None:
    for path in (beside(register), lock_file(register)):
        assert path.name.startswith(".~")
        path.write_bytes(b"")
    assert list(register.parent.glob("*.xlsx")) == [register]
    assert len(os.fsencode(beside(register.with_name("退" * 80 + ".xlsx")).name)) < 50


# The system


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    times: list[float] = []
    monkeypatch.setattr(time, "sleep", times.append)
    return times


def windows(code: int) -> PermissionError:
    problem = PermissionError(errno.EACCES, "The process cannot access the file")
    problem.winerror = code  # type: ignore[attr-defined]
    return problem


def failing(times: int, problem: OSError, act: Callable[..., object]) -> Callable[..., object]:
    calls = iter(range(10_000))

    def maybe(*args: object, **more: object) -> object:
        if next(calls) < times:
            raise problem
        return act(*args, **more)

    return maybe


@pytest.mark.parametrize("code", [5, 32, 33])
def test_windows_lets_go_of_a_file_after_a_while(
    register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch, sleeps: list[float], code: int
) -> None:
    plain = Path.replace
    busy = failing(3, windows(code), plain)

    def move(path: Path, target: Path) -> object:
        return busy(path, target) if target == register else plain(path, target)

    monkeypatch.setattr(Path, "replace", move)
    put(register, kept)
    assert register.read_bytes() == NEW
    assert sleeps == [0.05, 0.1, 0.2]


def test_windows_does_not_let_go(
    register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch, sleeps: list[float]
) -> None:
    plain = Path.replace
    busy = failing(1000, windows(32), plain)
    monkeypatch.setattr(Path, "replace", lambda path, target: busy() if target == register else plain(path, target))
    assert refusal(lambda: put(register, kept)) == (
        "file-open",
        "退运费表.xlsx is open in another program",
        "close it everywhere, the preview of the file manager too, and try again",
    )
    assert 2 < sum(sleeps) < 3
    assert register.read_bytes() == OLD
    assert left(register) == []


def test_a_save_while_windows_keeps_us_waiting_is_noticed(
    register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Path.replace
    busy = failing(2, windows(32), plain)
    monkeypatch.setattr(
        Path, "replace", lambda path, target: busy(path, target) if target == register else plain(path, target)
    )
    monkeypatch.setattr(time, "sleep", lambda _: overwrite(register))
    assert refusal(lambda: put(register, kept))[0] == "changed-since-read"
    assert register.read_bytes() == THEIRS


def test_a_refusal_that_time_does_not_mend_is_told_at_once(
    register: Path, kept: Backups, monkeypatch: pytest.MonkeyPatch, sleeps: list[float]
) -> None:
    monkeypatch.setattr(atomic.Path, "replace", failing(1000, PermissionError(errno.EACCES, "Permission denied"), len))
    assert refusal(lambda: put(register, kept))[0] == "cannot-write"
    assert sleeps == []
    assert left(register) == []


CALLS = ("open", "write", "fsync", "close", "chown", "chmod", "utime", "link", "replace", "mkdir", "unlink", "stat")


class Faults:
    """Call ``number`` of these fails, or each from there on."""

    def __init__(self, number: int, problem: BaseException, lasting: bool) -> None:
        self.number, self.problem, self.lasting, self.made = number, problem, lasting, 0

    def wrap(self, act: Callable[..., object], done: bool) -> Callable[..., object]:
        """``done``: it is done before it fails, as closing is."""

        def maybe(*args: object, **more: object) -> object:
            self.made += 1
            if self.made == self.number or (self.lasting and self.made > self.number):
                if done:
                    act(*args, **more)
                raise self.problem
            return act(*args, **more)

        return maybe


def every_fault(problem: BaseException, lasting: bool) -> Iterator[Faults]:
    number = 0
    while True:
        number += 1
        faults = Faults(number, problem, lasting)
        yield faults
        if faults.made < number:
            assert number > 20
            return


FULL, DENIED = OSError(errno.ENOSPC, "No space left on device"), PermissionError(errno.EACCES, "Permission denied")
BROKEN = OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize(
    ("problem", "lasting"),
    [
        (FULL, True),
        (BROKEN, False),
        (KeyboardInterrupt(), False),
        *(
            pytest.param(*each, marks=pytest.mark.slow)
            for each in ((FULL, False), (DENIED, False), (DENIED, True), (BROKEN, True), (KeyboardInterrupt(), True))
        ),
    ],
)
def test_whatever_fails_the_old_file_or_the_new_one_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: BaseException, lasting: bool
) -> None:
    for faults in every_fault(problem, lasting):
        folder = tmp_path / str(faults.number)
        folder.mkdir()
        register = folder / NAME
        register.write_bytes(OLD)
        kept = backups(register, folder / "backups")
        copy = None
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, faults.wrap(getattr(os, name), name == "close"))
            with suppress(BookError, KeyboardInterrupt):
                copy = put(register, kept)
        if copy is not None:
            assert (register.read_bytes(), copy.read_bytes()) == (NEW, OLD)
        elif not isinstance(problem, KeyboardInterrupt):
            assert register.read_bytes() == OLD
        assert register.read_bytes() in (OLD, NEW)
        if register.read_bytes() == NEW:
            assert OLD in [path.read_bytes() for path in kept.copies()]
            register.write_bytes(OLD)
        put(register, kept)
        assert register.read_bytes() == NEW
        assert [path.name for path in folder.iterdir() if path not in (register, kept.folder)] == []
        assert {path.suffix for path in kept.folder.iterdir()} == {".xlsx"}


def test_a_file_is_not_made_over_another(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"1")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "there", b"2")
    assert (tmp_path / "there").read_bytes() == b"1"
