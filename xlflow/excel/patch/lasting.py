"""A part before and after its change, rows aside: the same elements, but for the few that may differ (contract §7)."""

from __future__ import annotations

from itertools import takewhile

from xlflow.excel.xml import Element, elements

#: Attributes that may change, by the name of the element.
ATTRIBUTES = {
    "calcPr": ("fullCalcOnLoad",),
    "cellXfs": ("count",),
    "c": ("i",),
    "table": ("ref", "insertRow"),
    **dict.fromkeys(("dimension", "autoFilter"), ("ref",)),
    **dict.fromkeys(("dataValidation", "conditionalFormatting", "ignoredError"), ("sqref",)),
}
#: Elements that may come or go: what is calculated when, styles, and all that tells of the calculation chain.
COMING = (
    ("workbook", "calcPr"),
    ("styleSheet", "cellXfs", "xf"),
    ("calcChain", "c"),
    ("Types", "Override"),
    ("Relationships", "Relationship"),
)
STYLES = ("styleSheet", "cellXfs", "xf")
#: What may have another text: the names that grow, and the ranges of newer rules.
RANGES = "sqref"
NAMES = frozenset({"_xlnm.Print_Area", "_xlnm._FilterDatabase"})


def lasts(part: str, before: bytes, after: bytes) -> bool:
    """Whether the part says the same as before but for what may change; old styles keep their numbers."""
    old, new = ([_lasting(element) for element in elements(part, [data])] for data in (before, after))
    less, more = sorted((old, new), key=len)
    rest = iter(more)
    came = [one for wanted in less for one in takewhile(wanted.__ne__, rest)]  # takes out the wanted one as well
    came += rest
    styles, now = ([element for element in side if element.path[:3] == STYLES] for side in (old, new))
    return (
        len(less) + len(came) == len(more)
        and all(any(path[: len(known)] == known for known in COMING) for path, _, _ in came)
        and styles == now[: len(styles)]
    )


def _lasting(element: Element) -> Element:
    """The element without what may change in it."""
    path, attributes, text = element
    kept = {name: value for name, value in attributes.items() if name not in ATTRIBUTES.get(path[-1], ())}
    return Element(path, kept, "" if kept.get("name") in NAMES or path[-1] == RANGES else text)
