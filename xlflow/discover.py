"""Find what there is by its place: one file a register, an export, a check. No list is kept by hand."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

from xlflow.table.columns import Row


def modules(package: str) -> Iterator[ModuleType]:
    """The modules of a package by name; names that begin with an underscore are shared parts."""
    home = import_module(package)
    for name in sorted(info.name for info in pkgutil.iter_modules(home.__path__)):
        if not name.startswith("_"):
            yield import_module(f"{package}.{name}")


@cache
def registers() -> Mapping[str, type[Row]]:
    """The registers by name."""
    return {table.register: table for table in _tables("xlflow.registers")}


@cache
def exports() -> Mapping[str, type[Row]]:
    """The exports of platforms and banks by name."""
    return {table.register: table for table in _tables("xlflow.exports")}


def _tables(package: str) -> Iterator[type[Row]]:
    for module in modules(package):
        for _, found in inspect.getmembers(module, inspect.isclass):
            if found.__module__ == module.__name__ and issubclass(found, Row):
                yield found
