"""Answer a gold file of the evaluation kit through the public API.

    python eval/run.py TASK --gold FILE --out ANSWERS [--limit N]

Reads only the input keys that ``eval/tasks/TASK.py`` names, never the gold fields. ``score.py TASK FILE ANSWERS``
of the kit scores the answers.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from dateline import Coder, StoryError

TASKS = sorted(p.stem for p in (Path(__file__).parent / "tasks").glob("[a-z]*.py"))


def run(task: str, gold: Path, out: Path, coder: Coder, limit: int | None = None) -> dict[str, Any]:
    """Write the answers of a task to ``out``; return counts: items, failures (no answer), CPU seconds."""
    module = importlib.import_module(f"tasks.{task}")
    out.parent.mkdir(parents=True, exist_ok=True)
    started = time.process_time()
    if hasattr(module, "run"):  # no JSON Lines: the task reads the inputs of its format itself
        done = module.run(gold, out, coder) or {}
        return {"items": 1, "failures": [], **done, "seconds": time.process_time() - started}
    failures: list[str] = []
    n = 0
    with gold.open(encoding="utf-8") as source, out.open("w", encoding="utf-8") as target:
        for line in source:
            if limit is not None and n >= limit:
                break
            item = json.loads(line)
            n += 1
            try:
                reply = module.answer({key: item[key] for key in module.INPUTS if key in item}, coder)
            except StoryError as error:  # counted, and scored as an empty answer
                failures.append(f"{item['id']}: {error.stage}: {error}")
                continue
            target.write(json.dumps(reply, ensure_ascii=False) + "\n")
    return {"items": n, "failures": failures, "seconds": time.process_time() - started}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--gold", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--limit", type=int, help="only the first N items")
    args = parser.parse_args(argv)
    if not args.gold.is_file():
        print(f"{args.gold}: no such file", file=sys.stderr)
        return 2
    done = run(args.task, args.gold, args.out, Coder(), args.limit)
    for failure in done["failures"]:
        print(f"no answer: {failure}", file=sys.stderr)
    print(
        f"{args.task}: {done['items']} items, {len(done['failures'])} without answer, {done['seconds']:.1f} CPU-seconds"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
