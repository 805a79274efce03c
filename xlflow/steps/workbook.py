"""One workbook by hand: decrypted, or encrypted, with the password of the register it is (contract §2)."""

from __future__ import annotations

from pathlib import Path

from xlflow.excel.errors import BookError
from xlflow.excel.kind import Kind, refusal, sniff
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
    from xlflow.excel.seal import unseal

    data = _bytes(source)
    kind = sniff(data)
    if kind is not Kind.ENCRYPTED:
        raise refusal(kind, source.name) if kind is not Kind.OOXML else _not_encrypted(source)
    _write(target, unseal(data, secret.reveal() if secret is not None else None).package, force=force)


def encrypt(source: Path, target: Path, secret: Secret, *, force: bool) -> None:
    """Write the workbook encrypted (AES-256). Raises BookError, FileExists."""
    from xlflow.excel.seal import seal

    data = _bytes(source)
    kind = sniff(data)
    if kind is not Kind.OOXML:
        raise _encrypted_already(source) if kind is Kind.ENCRYPTED else refusal(kind, source.name)
    _write(target, seal(data, secret.reveal()), force=force)


def password_for(asked: Request, source: Path, name: str | None) -> Secret | None:
    """The password of ``name``, else of the register that the file is. Raises UnknownRegister when it is none."""
    if name is None:
        registers = asked.settings.registers.items()
        name = next((register for register, own in registers if _is_one(asked.home, own, source)), None)
    if name is None:
        raise UnknownRegister(
            "settings",
            Text("{file} is no register of this desk, so its password is not known", {"file": source.name}),
            Text("say whose password to take with --as, such as --as freight"),
        )
    return asked.passwords.open(name)


def _is_one(home: Path, own: RegisterSettings, source: Path) -> bool:
    return any(path.resolve() == source.resolve() for path in files(home, own))


def _bytes(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except FileNotFoundError as problem:
        raise BookError(
            "file-missing",
            Text("there is no file {file}", {"file": str(source)}),
            Text("look at the name and the folder"),
        ) from problem


def _write(target: Path, data: bytes, *, force: bool) -> None:
    if target.exists() and not force:
        raise FileExists(
            "cannot-write",
            Text("{file} exists", {"file": str(target)}),
            Text("name another file with -o, or overwrite it with --force"),
        )
    temporary = target.with_name(f".{target.name}.tmp")
    temporary.write_bytes(data)
    temporary.replace(target)


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
