"""The settings of a desk: xlflow.toml, typed and checked (contract §1)."""

from xlflow.settings.load import FILE, LANGUAGES, TIMEZONE, load
from xlflow.settings.mistakes import Mistake, SettingsError
from xlflow.settings.register import files
from xlflow.settings.schema import OWNERS, Checks, Known, Payouts, Person, RegisterSettings, Settings

__all__ = [
    "FILE",
    "LANGUAGES",
    "OWNERS",
    "TIMEZONE",
    "Checks",
    "Known",
    "Mistake",
    "Payouts",
    "Person",
    "RegisterSettings",
    "Settings",
    "SettingsError",
    "files",
    "load",
]
