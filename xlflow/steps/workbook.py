"""One workbook by hand: decrypted, encrypted, or put back as it was (contract §2)."""

from __future__ import annotations

from pathlib import Path

from xlflow import writeback
from xlflow.excel.atomic import beside, remove, settle, write_new
from xlflow.excel.backups import Backups, backups, is_whole
from xlflow.excel.errors import BookError
from xlflow.excel.kind import Kind, refusal, sniff
from xlflow.excel.lockers import ensure_closed
from xlflow.excel.replace import replace, told_plainly
from xlflow.excel.seal import Seal, seal, unseal
from xlflow.model import Text, XlflowError
from xlflow.passwords import Secret
from xlflow.settings import RegisterSettings, files
from xlflow.steps.reading import Request


class FileExists(XlflowError):
    """The output would overwrite a file."""

    exit_code = 2


class UnknownRegister(XlflowError):
    """Nobody said whose password opens a file that is no register."""

    exit_code = 2


def decrypt(source: Path, target: Path, secret: Secret | None, *, force: bool) -> None:
    """Write the workbook without its encryption. Raises BookError, FileExists."""
    data = _bytes(source)
    kind = sniff(data)
    if kind is not Kind.ENCRYPTED:
        raise refusal(kind, source.name) if kind is not Kind.OOXML else _not_encrypted(source)
    _write(target, unseal(data, secret.reveal() if secret is not None else None).package, None, force=force)


def encrypt(asked: Request, source: Path, target: Path, secret: Secret, *, force: bool) -> None:
    """Write the workbook encrypted: like the one at ``target``, where that is under the same password, else as Excel
    does (AES-256). An encrypted one that is overwritten is kept in the backups. Raises BookError, FileExists."""
    data = _bytes(source)
    kind = sniff(data)
    if kind is not Kind.OOXML:
        raise _encrypted_already(source) if kind is Kind.ENCRYPTED else refusal(kind, source.name)
    like = _seal_of(target, secret)
    kept = backups(target, asked.settings.state / writeback.BACKUPS) if like is not None else None
    _write(target, seal(data, secret.reveal(), like), kept, force=force)


def _seal_of(target: Path, secret: Secret) -> Seal | None:
    try:
        return unseal(target.read_bytes(), secret.reveal()).seal
    except (OSError, BookError):
        return None


def restore(asked: Request, copy: Path, *, force: bool) -> Path:
    """Put a workbook back as a copy in the backups has it; what lies there now is kept first. The workbook's path.

    Raises BookError, FileExists, UnknownRegister for a file that is no copy of one of the desk's workbooks.
    """
    data = _bytes(copy)
    target = next((path for path in _workbooks(asked) if copy.name.startswith(_kept(asked, path).start)), None)
    if target is None:
        raise UnknownRegister(
            "settings",
            Text("{file} is no backup of a workbook of this desk", {"file": copy.name}),
            Text("the backups are in {folder}", {"folder": str(asked.settings.state / writeback.BACKUPS)}),
        )
    if not is_whole(copy):
        raise BookError(
            "damaged-file",
            Text("{file} is not as it was kept: its bytes have changed", {"file": copy.name}),
            Text("take another copy, the one before or after it"),
        )
    _write(target, data, _kept(asked, target), force=force)
    return target


def _workbooks(asked: Request) -> list[Path]:
    """The workbooks that xlflow may change: the registers, and the payout list."""
    settings = asked.settings
    registers = (path for own in settings.registers.values() for path in files(asked.home, own, settings.state))
    return [*registers, settings.payouts.list]


def _kept(asked: Request, path: Path) -> Backups:
    return backups(path, asked.settings.state / writeback.BACKUPS)


def password_for(asked: Request, source: Path, name: str | None) -> Secret | None:
    """The password of ``name``, else of what the file is. Raises UnknownRegister where nobody can tell."""
    name = name if name is not None else _whose(asked, source)
    names = ("payouts", "outputs") if name == "payouts" else (name,)
    return next((secret for each in names if (secret := asked.passwords.open(each)) is not None), None)


def _whose(asked: Request, source: Path) -> str:
    """The register that a file is, else the payout list or one of the outputs."""
    for register, own in asked.settings.registers.items():
        if _is_one(asked, own, source):
            return register
    path = source.resolve()
    if path == asked.settings.payouts.list.resolve():
        return "payouts"
    if path.is_relative_to((asked.home / "out").resolve()):
        return "outputs"
    raise UnknownRegister(
        "settings",
        Text("{file} is no register of this desk, so its password is not known", {"file": source.name}),
        Text("say whose password to take with --as, such as --as freight"),
    )


def _is_one(asked: Request, own: RegisterSettings, source: Path) -> bool:
    return any(path.resolve() == source.resolve() for path in files(asked.home, own, asked.settings.state))


def _bytes(source: Path) -> bytes:
    with told_plainly(source):
        return source.read_bytes()


def _write(target: Path, data: bytes, kept: Backups | None, *, force: bool) -> None:
    """Put ``data`` there in one step; over a file only with ``force``, which ``kept`` then keeps."""
    there = target.exists()
    if there and not force:
        raise FileExists(
            "cannot-write",
            Text("{file} exists", {"file": str(target)}),
            Text("name another file with -o, or overwrite it with --force"),
        )
    if there:
        ensure_closed(target, target.resolve())
    if there and kept is not None:
        replace(target, target.read_bytes(), data, kept, lambda written: _ensure_whole(target, data, written))
        return
    temporary = beside(target)
    with told_plainly(target):
        try:
            write_new(temporary, data, like=target if there else None)
            temporary.replace(target)
        finally:
            remove(temporary)
        settle(target.parent)


def _ensure_whole(target: Path, data: bytes, written: bytes) -> None:
    if written != data:
        raise BookError(
            "cannot-write",
            Text("{file} cannot be saved: what was written reads back differently", {"file": target.name}),
            Text("try again; if it happens again, have the disk checked"),
        )


def _not_encrypted(source: Path) -> BookError:
    return BookError(
        "unsupported-file", Text("{file} is not encrypted", {"file": source.name}), Text("open it as it is")
    )


def _encrypted_already(source: Path) -> BookError:
    return BookError(
        "unsupported-file",
        Text("{file} is encrypted already", {"file": source.name}),
        Text("to change its password, decrypt it first"),
    )
