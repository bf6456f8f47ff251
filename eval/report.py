"""Run every dev file of the evaluation kit, write eval/REPORT.md, and hold the results to eval/floors.json.

    python eval/report.py [--kit ../shared/kit] [--only NAME ...] [--jobs N] [--raise] [--no-write]

``bars.json`` names the tasks, the figures that have a floor, the targets and the published figures. Exit status 1
when a figure is below its floor. ``--raise`` moves floors up to the figures of this run (never down).
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FLOORS, REPORT, ANSWERS = HERE / "floors.json", HERE / "REPORT.md", HERE / "answers"
SLACK = 0.004  # the int8 kernels of another processor may round a handful of decisions differently;
# a small set has more ("slack" in bars.json): there one event of a few dozen is a point or two
LOWER = ("false alarms", "share of documents", "mean error")


def score(bar: dict[str, Any], kit: Path) -> dict[str, Any]:
    """Answer and score one gold file: the scorer's JSON, with failures and CPU seconds."""
    sys.path.insert(0, str(HERE))
    import run
    from dateline import Coder

    gold = gold_file(bar, kit)
    out = ANSWERS / f"{bar['name']}{gold.suffix}"
    done = run.run(bar["task"], gold, out, Coder())
    if bar.get("scorer") == "own":  # the kit does not know the task
        return {**importlib.import_module(f"tasks.{bar['task']}").score(gold, out), **done}
    words = [
        sys.executable,
        str(kit / "score.py"),
        bar.get("scorer", bar["task"]),
        str(gold),
        str(out),
        "--json",
        "--per-class",
    ]
    scored = subprocess.run(words, capture_output=True, text=True, check=False)
    if scored.returncode:
        raise SystemExit(f"{bar['name']}: the scorer refused the answers:\n{scored.stderr}")
    found = json.loads(scored.stdout)
    found["rows"] += [pooled(name, classes, found) for name, classes in bar.get("pooled", {}).items()]
    return {
        **found,
        "failures": done["failures"],
        "seconds": done["seconds"],
        "items": done["items"],
    }


def gold_file(bar: dict[str, Any], kit: Path) -> Path:
    """The gold file of a task: in the kit, or beside this file for sentences of our own ("own" in bars.json)."""
    return (HERE if bar.get("own") else kit) / bar["gold"]


def absent(bars: list[dict[str, Any]], kit: Path) -> list[dict[str, Any]]:
    """Tasks whose gold file does not belong to the kit ("optional" in bars.json) and is not there."""
    return [bar for bar in bars if bar.get("optional") and not gold_file(bar, kit).is_file()]


def figures(result: dict[str, Any]) -> dict[str, float]:
    """Every figure of a result by name; the headline as ``headline``."""
    return {"headline": result["headline"], **{row["name"]: row["value"] for row in result["rows"]}}


def pooled(name: str, classes: Sequence[str], result: dict[str, Any]) -> dict[str, Any]:
    """A row with the F1 of some classes of a result counted together."""
    rows = [c for c in result["per_class"] if c["class"] in classes]
    if len(rows) != len(classes):
        raise SystemExit(
            f"{name}: of the classes {', '.join(classes)} the scorer names only {[c['class'] for c in rows]}"
        )
    gold = sum(c["gold"] for c in rows)
    right = sum(c["r"] * c["gold"] for c in rows)
    given = sum(c["r"] * c["gold"] / c["p"] for c in rows if c["p"])
    value = 2 * right / (gold + given) if gold + given else 0.0
    return {"name": name, "value": value, "note": f"classes {', '.join(classes)} counted together"}


def lower_is_better(name: str, result: dict[str, Any]) -> bool:
    return result["lower_is_better"] if name == "headline" else any(word in name for word in LOWER)


def below_floor(bar: dict[str, Any], result: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """One line for each figure that is worse than its floor."""
    out = []
    slack = bar.get("slack", SLACK)
    for name, floor in floors.get(bar["name"], {}).items():
        value = figures(result)[name]
        worse = value > floor + slack if lower_is_better(name, result) else value < floor - slack
        if worse:
            out.append(f"{bar['name']}: {name} is {value:.4f}, its floor is {floor:.4f}")
    return out


def raised(bar: dict[str, Any], result: dict[str, Any], floors: dict[str, Any]) -> dict[str, float]:
    """The floors of a task after a run: the better of the old floor and the figure."""
    old, out = floors.get(bar["name"], {}), {}
    for name in bar["floors"]:
        value = round(figures(result)[name], 4)
        best = min if lower_is_better(name, result) else max
        out[name] = best(old[name], value) if name in old else value
    return out


def markdown(bars: list[dict[str, Any]], results: dict[str, dict[str, Any]], kit: Path, floors: dict[str, Any]) -> str:
    """The report."""
    day = dt.date.today().isoformat()
    lines = [
        "# Evaluation on the dev files",
        "",
        f"Made on {day} by `python eval/report.py`. Scores are those of the kit's own scorer (petrarch, pronouns, actors and contrast: eval/tasks); "
        "the gold fields are never read when answering. Published figures are on other data or settings where it says so.",
        "",
        "| file | headline | value | target | met |",
        "|---|---|---|---|---|",
    ]
    for bar in bars:
        if (result := results.get(bar["name"])) is None:
            continue
        targets = bar.get("targets", ())
        if not any(name == "headline" for name, _, _ in targets):
            lines.append(f"| {bar['name']} | {result['headline_name']} | {result['headline']:.4f} | | |")
        for name, sign, goal in targets:
            value = figures(result)[name]
            met = value >= goal if sign == ">=" else value <= goal
            shown = result["headline_name"] if name == "headline" else name
            lines.append(f"| {bar['name']} | {shown} | {value:.4f} | {sign} {goal:g} | {'yes' if met else '**no**'} |")
    for bar in bars:
        if (result := results.get(bar["name"])) is not None:
            lines += ["", *_section(bar, result, floors.get(bar["name"], {}))]
    return "\n".join(lines) + "\n"


def _section(bar: dict[str, Any], result: dict[str, Any], floors: dict[str, float]) -> list[str]:
    lines = [
        f"## {bar['name']}",
        "",
        f"{result['items']:,} items, {len(result['failures'])} without answer, {result['seconds']:.0f} CPU-seconds. "
        f"Published: {bar['published']}.",
        "",
        *([bar["misses"], ""] if "misses" in bar else []),
        "| figure | value | floor | |",
        "|---|---|---|---|",
    ]
    for row in result["rows"]:
        name = row["name"]
        floor = floors.get("headline") if name == result["headline_name"] else floors.get(name)
        lines.append(f"| {name} | {row['value']:.4f} | {'' if floor is None else f'{floor:.4f}'} | {row['note']} |")
    if bar.get("classes") and result["per_class"]:
        lines += ["", "| class | P | R | F1 | gold |", "|---|---|---|---|---|"]
        lines += [
            f"| {c['class']} | {c['p']:.3f} | {c['r']:.3f} | {c['f1']:.3f} | {c['gold']} |" for c in result["per_class"]
        ]
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kit", type=Path, default=HERE.parent.parent / "shared" / "kit")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--jobs", type=int, default=1, help="files answered at the same time")
    parser.add_argument("--raise", dest="up", action="store_true", help="raise the floors to this run's figures")
    parser.add_argument("--no-write", action="store_true", help="check the floors only")
    args = parser.parse_args(argv)
    if not (args.kit / "score.py").is_file():
        print(f"{args.kit}: the evaluation kit is not there", file=sys.stderr)
        return 2
    bars = json.loads((HERE / "bars.json").read_text(encoding="utf-8"))
    tasks = {p.stem for p in (HERE / "tasks").glob("*.py")}
    chosen = [b for b in bars if b["task"] in tasks and (not args.only or b["name"] in args.only)]
    for bar in absent(chosen, args.kit):
        print(f"{bar['name']:<12} skipped: {(args.kit / bar['gold']).resolve()} is not there, and may not be shipped")
        chosen.remove(bar)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    results: dict[str, dict[str, Any]] = {}
    with ProcessPoolExecutor(args.jobs, mp_context=get_context("spawn")) as pool:
        for bar, result in zip(chosen, pool.map(score, chosen, [args.kit] * len(chosen)), strict=True):
            results[bar["name"]] = result
            print(
                f"{bar['name']:<12} {result['headline_name']} = {result['headline']:.4f}  ({result['seconds']:.0f} CPU-seconds)"
            )
            for failure in result["failures"]:
                print(f"  no answer: {failure}")
    missed = [line for bar in chosen for line in below_floor(bar, results[bar["name"]], floors)]
    if args.up:
        floors |= {bar["name"]: raised(bar, results[bar["name"]], floors) for bar in chosen}
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    if not args.no_write and not args.only:
        import extra
        from dateline import Coder

        further = "\n".join(["", *extra.section(args.kit, Coder())]) + "\n"
        REPORT.write_text(markdown(bars, results, args.kit, floors) + further, encoding="utf-8")
    for line in missed:
        print(f"below the floor: {line}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
