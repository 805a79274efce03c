"""Messages in the reader's language: Text → str, through one gettext catalogue (English is the msgid)."""

from __future__ import annotations

import functools
import gettext
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # --help has no messages and does not wait for them
    from xlflow.model import Text

DOMAIN = "xlflow"
FOLDER: str = __path__[0]
LANGUAGES = ("zh", "en")

_BETWEEN = {"zh": "、", "en": ", "}


def render(text: Text, language: str) -> str:
    """The message in ``zh`` or ``en``; Texts among its arguments are translated too, sequences are listed."""
    args = {name: _shown(value, language) for name, value in text.args.items()}
    return translate(text.msgid, language).format(**args)


def translate(msgid: str, language: str) -> str:
    """A msgid in ``zh`` or ``en``, its slots left open; what is not in the catalogue stays English."""
    return _catalogue(language).gettext(msgid) if msgid else ""


def _shown(value: object, language: str) -> object:
    from xlflow.model import Text

    if isinstance(value, Text):
        return render(value, language)
    if isinstance(value, tuple | list):
        return _BETWEEN[language].join(str(_shown(item, language)) for item in value)
    return value


@functools.cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)


def choose(option: str | None, settings: str | None, environ: Mapping[str, str]) -> str:
    """``zh`` or ``en``: from the command line, else the desk's settings, else the locale (contract §2)."""
    for said in (option, settings):
        if said in LANGUAGES:
            return said
    named = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), None)
    return "zh" if (named or _system()).casefold().startswith(("zh", "chinese")) else "en"


def _system() -> str:
    """The locale of the system where no variable names one: Windows, where it may be ``Chinese_China``."""
    import locale

    return locale.getlocale()[0] or ""
