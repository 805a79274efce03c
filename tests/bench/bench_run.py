"""The day's run against the two scripts: CPU, memory, growth, findings, and where xlflow's time goes.

``python -m tests.bench.bench_run [1000 10000 100000]``: all sides on copies of the same desks, in turn. Exit code 1
when a goal is missed or a script finds a row that xlflow does not.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.bench import desk
from tests.bench.measure import Cost, cost, fresh, xlflow

SIDES = ("naive", "competent", "xlflow")
#: xlflow again on the desk it has run on: the ledger knows every row by then, as on all days but a desk's first. The
#: scripts remember nothing and pay everything again.
NEXT = "xlflow, next day"
SIZES = (1_000, 10_000, 100_000)
#: Rows of a register → times that the scripts take as much CPU as xlflow: naive (and the stretch), competent.
GOALS = {1_000: (3, 5, 1.5), 10_000: (6, 8, 1.5), 100_000: (8, 12, 2)}
#: Of the straightforward script's memory, at most; and the cost of a row against that on a tenth of the rows, where
#: 0.05 is what two runs of the same differ by.
MEMORY, STRETCH_MEMORY, GROWTH = 0.6, 1 / 3, 1.05
HELP = 6
ROUNDS = {1_000: 5, 10_000: 3}

Place = tuple[str, str, int]
Found = dict[str, set[Place]]


@dataclass
class Size:
    """What one size came to: the costs and the findings (code, register, row) of each side."""

    rows: int
    costs: dict[str, list[Cost]] = field(default_factory=lambda: {side: [] for side in (*SIDES, NEXT)})
    found: Found = field(default_factory=dict)
    payouts: dict[str, object] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)

    def cpu(self, side: str) -> float:
        return min(one.cpu for one in self.costs[side])

    def peak(self, side: str) -> float:
        return max(one.peak for one in self.costs[side])


def main(sizes: Iterable[int]) -> int:
    """Measure, print, judge."""
    missed: list[str] = []
    before: Size | None = None
    with tempfile.TemporaryDirectory(prefix="xlflow-bench-") as folder:
        warm_up(Path(folder))
        for rows in sizes:
            size = measure(rows, Path(folder))
            missed += [*_costs(size, before), *_findings(size)]
            _stages(size)
            before = size
        missed += _help(Path(folder))
    print("\n" + "\n".join(f"MISSED {text}" for text in missed) if missed else "\nall goals met")
    return 1 if missed else 0


def warm_up(folder: Path) -> None:
    """Run every side once on a small desk, so that no later run compiles its modules."""
    made = desk.write(folder / "small", 60)
    for side in SIDES:
        cost(_command(side, fresh(made, folder / side), folder / "result.json"), folder / "out.json")


def measure(rows: int, folder: Path) -> Size:
    """All sides in turn, so often as the size allows."""
    made = folder / f"desk-{rows}"
    cost([sys.executable, "-m", "tests.bench.desk", str(made), str(rows)], folder / "desk.out")
    size, result = Size(rows), folder / "result.json"
    for _ in range(ROUNDS.get(rows, 1)):
        for side in SIDES:
            size.costs[side].append(cost(_command(side, fresh(made, folder / side), result), folder / "out.json"))
            said = json.loads((folder / "out.json" if side == "xlflow" else result).read_text("utf-8"))
            size.found[side], size.payouts[side] = _places(said["findings"]), said["payouts"]
        again = _command("xlflow", folder / "xlflow", result, desk.DAY + timedelta(days=1))
        size.costs[NEXT].append(cost(again, folder / "out.json"))
    stages = [
        sys.executable,
        "-m",
        "tests.bench.stages",
        str(fresh(made, folder / "xlflow")),
        str(desk.DAY),
        str(result),
    ]
    cost(stages, folder / "out.json")
    size.stages = json.loads(result.read_text("utf-8"))
    return size


def _command(side: str, copy: Path, result: Path, day: date = desk.DAY) -> list[str]:
    if side == "xlflow":
        return [*xlflow(), "run", "--daily", "--desk", str(copy), "--date", str(day), "--json"]
    return [sys.executable, "-m", f"tests.bench.{side}", str(copy), str(day), str(result)]


def _places(findings: Iterable[list[str] | Mapping[str, str]]) -> set[Place]:
    """(code, register, row), whatever the side calls them; infos are left out."""
    return {
        (one["code"], one["register"], int(one["row"])) if isinstance(one, Mapping) else (one[0], one[1], int(one[2]))
        for one in findings
        if not isinstance(one, Mapping) or one["severity"] != "info"
    }


def _costs(size: Size, before: Size | None) -> list[str]:
    print(f"\n3 x {size.rows:,} rows          CPU s    wall s   peak MB   CPU / xlflow")
    for side in (*SIDES, NEXT):
        best = min(size.costs[side], key=lambda one: one.cpu)
        ratio = best.cpu / size.cpu("xlflow")
        print(f"  {side:18} {best.cpu:8.2f} {best.wall:9.2f} {size.peak(side):9.0f} {ratio:10.1f}x")
    share = size.peak("xlflow") / size.peak("naive")
    print(f"  memory of the naive script's: {share:.2f} (goal {MEMORY}, stretch {STRETCH_MEMORY:.2f})")
    missed = [] if share <= MEMORY else [f"memory at {size.rows:,}: {share:.2f} of the naive script's, goal {MEMORY}"]
    return [*missed, *_ratios(size), *_growth(size, before)]


def _ratios(size: Size) -> Iterable[str]:
    naive, stretch, competent = GOALS.get(size.rows, (0, 0, 0))
    print(f"  goals: {naive}x (stretch {stretch}x) against naive, {competent}x against competent")
    for side, goal in (("naive", naive), ("competent", competent)):
        ratio = size.cpu(side) / size.cpu("xlflow")
        if ratio < goal:
            yield f"{side} at {size.rows:,}: {ratio:.2f}x, goal {goal}x"


def _growth(size: Size, before: Size | None) -> Iterable[str]:
    if before is None:
        return
    for side in SIDES:
        grown = (size.cpu(side) / size.rows) / (before.cpu(side) / before.rows)
        print(f"  CPU a row, against {before.rows:,} rows: {side:10} {grown:.2f}")
        if side == "xlflow" and grown > GROWTH:
            yield f"growth from {before.rows:,} to {size.rows:,}: {grown:.2f} a row"


def _findings(size: Size) -> list[str]:
    known = size.found["xlflow"]
    scripts = {side: {_as_xlflow(one, known) for one in size.found[side]} for side in SIDES}
    counts = {side: Counter(code for code, _, _ in places) for side, places in scripts.items()}
    print(f"  {'findings':22}" + "".join(f"{side:>11}" for side in SIDES))
    missed = []
    for code in sorted(set().union(*counts.values())):
        print(f"  {code:22}" + "".join(f"{counts[side][code]:11}" for side in SIDES))
        for side in SIDES[:2]:
            more = sorted(place for place in scripts[side] - known if place[0] == code)
            missed += [f"{side} finds {len(more)} {code} more, such as {more[0][1:]}"] if more else []
    faulty = {place[1:] for place in known}
    print(f"  faulty rows: {len(faulty) / size.rows / 3:.1%}; payouts: {size.payouts}")
    return missed


def _as_xlflow(place: Place, known: set[Place]) -> Place:
    """pandas reads the lower cells of a merged amount as blank."""
    merged = ("merged-cells", *place[1:])
    return merged if place[0] == "missing" and merged in known else place


def _stages(size: Size) -> None:
    whole = sum(size.stages.values())
    shares = ", ".join(f"{name} {seconds / whole:.0%}" for name, seconds in size.stages.items())
    print(f"  stages of xlflow ({whole:.2f} s CPU): {shares}")


def _help(folder: Path) -> Iterable[str]:
    """``xlflow --help`` against an empty Python, in turn, the best of each."""
    commands = {"help": [*xlflow(), "--help"], "pass": [sys.executable, "-c", "pass"]}
    costs: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(15):
        for name, command in commands.items():
            costs[name].append(cost(command, folder / "help.out").cpu)
    helped, passed = (min(costs[name]) for name in commands)
    print(f"\nxlflow --help: {helped * 1000:.0f} ms CPU, python -c pass {passed * 1000:.0f} ms: {helped / passed:.1f}x")
    return [] if helped <= HELP * passed else [f"--help: {helped / passed:.1f}x, goal {HELP}x"]


if __name__ == "__main__":
    sys.exit(main([int(rows) for rows in sys.argv[1:]] or SIZES))
