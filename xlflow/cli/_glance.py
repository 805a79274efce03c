"""What must be known of a desk before its settings are read, and when they cannot be."""

from __future__ import annotations

from typing import NamedTuple


class Glance(NamedTuple):
    """A desk's language, None where nothing says it, time zone, and state folder."""

    language: str | None = None
    timezone: str = "Asia/Shanghai"
    state: str = ".xlflow"


def glance(desk: str) -> Glance:
    """Look into the settings without judging them: saying what is wrong is left to ``xlflow.settings``."""
    try:
        with open(f"{desk}/xlflow.toml", "rb") as file:  # noqa: PTH123  # --help does not wait for pathlib
            data = file.read()
    except OSError:
        return Glance()
    import tomllib

    try:
        section = tomllib.loads(data.decode("utf-8-sig")).get("desk")
    except ValueError:
        return Glance()
    known = section if isinstance(section, dict) else {}
    given = {name: value for name in Glance._fields if isinstance(value := known.get(name), str)}
    return Glance(language="zh")._replace(**given)
