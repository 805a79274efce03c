"""Names given on the command line that must be known ones."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from gettext import gettext

import click


def only_known(given: Collection[str], known: Collection[str], option: str) -> None:
    """Raise click's usage error for a name that is not known, with the nearest one that is."""
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            message = gettext("there is no {name}.").format(name=name)
            if near:
                message += " " + gettext("Did you mean {nearest}?").format(nearest=near[0])
            raise click.BadParameter(message, param_hint=option)
