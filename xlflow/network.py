"""Is a folder on this computer's own disk? A ledger on a share or in a synced folder can be torn or split in two."""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: What file systems call themselves that are somewhere else.
_REMOTE = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "afpfs", "webdav", "fuse.sshfs", "fuse.rclone", "fuse.davfs", "9p")
)
#: Parts of the names of folders that a program copies to a cloud.
_SYNCED = (
    "onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "owncloud",
    "seafile", "syncthing", "nutstore", "baidunetdisk", "baidusyncdisk", "wpsdrive",
    "坚果云", "百度网盘", "wps云盘", "腾讯微云",
)  # fmt: skip
_DRIVE_REMOTE = 4  # GetDriveTypeW: a network drive


def elsewhere(folder: Path) -> str | None:
    """What makes a folder unfit for the state: the network file system or the synced folder; None when it is local."""
    whole = folder.absolute()
    for part in whole.parts:
        if any(name in part.casefold() for name in _SYNCED):
            return part
    if sys.platform == "win32":
        return _windows_share(whole)
    return _mounted(whole)


def _windows_share(folder: Path) -> str | None:  # pragma: no cover  # runs on Windows only
    import ctypes

    if folder.drive.startswith("\\\\"):
        return folder.drive
    kind = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\")  # type: ignore[attr-defined]
    return folder.drive if kind == _DRIVE_REMOTE else None


def _mounted(folder: Path) -> str | None:
    """The type of the file system a folder lies on, when it is a remote one (Linux tells it in /proc/mounts)."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    where = os.path.realpath(folder)
    kinds = [(mount[1], mount[2]) for line in mounts if len(mount := line.split()) > 2]
    inside = [(point, kind) for point, kind in kinds if where == point or where.startswith(point.rstrip("/") + "/")]
    _, kind = max(inside, key=lambda found: len(found[0]), default=("", ""))
    return kind if kind in _REMOTE else None
