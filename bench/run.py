"""How fast and how large: stories, sentences and words per CPU-second, per stage, memory, start-up, workers.

    python bench/run.py [--kit ../shared/kit] [--limit N] [--generated N] [--out bench/RESULTS.md]

Runs on the real articles of the kit's dev files where the kit is there, and on generated stories. Every article must
pass: exit status 1 when one fails in any other way than being no story.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import dateline
from dateline.events import code_frames
from dateline.frames import build_frames
from dateline.mentions import find_mentions
from dateline.model import Problem
from dateline.parse import load_parser
from dateline.result import Result
from dateline.workers import settle
from generate import stories

ARTICLES = ("wire", "ner", "attribution", "geo", "linking_stories")
STAGES = ("wire", "parse", "mentions", "frames", "events", "record")


class Count:
    """What went through, and the CPU seconds of each stage."""

    def __init__(self) -> None:
        self.stories = self.sentences = self.words = self.events = 0
        self.seconds: Counter[str] = Counter()
        self.refused: list[str] = []  # no story: not English, too short
        self.crashed: list[str] = []

    def timed(self, stage: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        try:
            return work()
        finally:
            self.seconds[stage] += time.process_time() - start

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def one(coder: dateline.Coder, item: dict[str, Any], count: Count) -> None:
    """Code one story stage by stage, as ``pipeline.code_story`` does, with a clock between the stages."""
    day, title = item.get("published"), item.get("title")
    story = count.timed("wire", lambda: coder.read(item["text"], id=item["id"], published=day, title=title))
    parse = count.timed("parse", lambda: coder.parser(story))
    language, codebook = coder.language, coder.codebook
    mentions = count.timed("mentions", lambda: find_mentions(story, parse, coder.world, coder.gazetteer, language))
    frames = count.timed("frames", lambda: build_frames(story, parse, mentions, codebook, language))
    events = count.timed("events", lambda: code_frames(story, parse, mentions, frames, codebook, language))
    result = Result(story, parse, mentions, frames, events, codebook)
    count.timed("record", lambda: result.records)
    count.stories += 1
    count.sentences += len(parse.sentences)
    count.words += sum(len(s.tokens) for s in parse.sentences)
    count.events += len(events)


def measure(coder: dateline.Coder, items: Iterable[dict[str, Any]]) -> Count:
    """Code all items; what fails is kept, nothing stops the run."""
    count = Count()
    for item in items:
        try:
            one(coder, item, count)
        except dateline.StoryError as error:
            (count.refused if error.stage == "wire" else count.crashed).append(f"{item['id']}: {error.stage}: {error}")
        except Exception as error:
            count.crashed.append(f"{item['id']}: {type(error).__name__}: {error}")
    return count


def kit_articles(kit: Path, limit: int | None) -> list[dict[str, Any]]:
    """The articles of the kit's dev files: text and title only."""
    out = []
    for name in ARTICLES:
        with (kit / "dev" / f"{name}.jsonl").open(encoding="utf-8") as stream:
            rows = [json.loads(line) for line in stream]
        out += [{"id": r["id"], "text": r["text"], "title": r.get("title")} for r in rows[:limit]]
    return out


def workers(items: list[dict[str, Any]], number: int) -> tuple[float, str]:
    """Wall seconds for all items with so many workers, and a digest of every row written."""
    start = time.perf_counter()
    digest = hashlib.sha256()
    for got in dateline.Coder().code_many(items, number, take=rows_of):
        digest.update((got.message if isinstance(got, Problem) else got).encode())
    return time.perf_counter() - start, digest.hexdigest()


def rows_of(result: Result) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in result.records)


def start_up() -> dict[str, float]:
    """Wall seconds, best of three, of importing, of --help, and of the first story from the start of the command."""
    example = str(Path(__file__).parent.parent / "examples" / "stories" / "vna-2023-08-09.txt")
    commands = {
        "import dateline": [sys.executable, "-c", "import dateline"],
        "python alone": [sys.executable, "-c", "pass"],
        "dateline --help": [sys.executable, "-m", "dateline", "--help"],
        "first story coded": [sys.executable, "-m", "dateline", "code", example],
    }
    out = {}
    for name, command in commands.items():
        times = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - start)
        out[name] = min(times)
    return out


def model_rate(counts: Iterable[Count]) -> float:
    """Words per CPU-second of the parse stage over the first set of stories (real articles where the kit is there)."""
    count = next(iter(counts))
    return count.words / (count.seconds["parse"] or 1e-9)


def kernels() -> str:
    """What the processor offers for int8 arithmetic (Linux; elsewhere its name only)."""
    try:
        flags = set(Path("/proc/cpuinfo").read_text(encoding="utf-8").split())
    except OSError:
        return platform.processor() or platform.machine()
    known = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8", "asimddp", "i8mm")
    return ", ".join(name for name in known if name in flags) or platform.machine()


def installed() -> dict[str, float]:
    """MiB on disk of Dateline and of every package that it needs (no extras), largest first."""
    sizes: dict[str, float] = {}
    waiting = ["dateline"]
    while waiting:
        name = re.split(r"[^\w.-]", waiting.pop(), maxsplit=1)[0]
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in sizes:
            continue
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # needed on other systems only
            continue
        files = [Path(str(file.locate())) for file in found.files or ()]
        if key == "dateline":  # an editable install lists no files
            files = [path for path in Path(dateline.__file__).parent.rglob("*") if "__pycache__" not in path.parts]
        sizes[key] = sum(path.stat().st_size for path in files if path.is_file()) / 2**20
        waiting += [line for line in found.requires or () if "extra ==" not in line]
    return dict(sorted(sizes.items(), key=lambda item: -item[1]))


def model_load() -> float:
    """Wall seconds, best of three, of loading the language model in this process."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        load_parser()
        times.append(time.perf_counter() - start)
    return min(times)


def table(name: str, count: Count) -> list[str]:
    """The lines of the report for one set of stories."""
    if not count.words:
        return [f"## {name}", "", "nothing coded"]
    per = count.total or 1e-9
    lines = [
        f"## {name}",
        "",
        f"{count.stories:,} stories, {count.sentences:,} sentences, {count.words:,} words, {count.events:,} events; "
        f"{len(count.refused)} refused as no story, {len(count.crashed)} crashed. Per CPU-second: "
        f"**{count.words / per:,.0f} words**, {count.sentences / per:,.0f} sentences, {count.stories / per:.1f} stories.",
        "",
        "| stage | CPU-seconds | share | microseconds a word |",
        "|---|---|---|---|",
    ]
    for stage in STAGES:
        seconds = count.seconds[stage]
        lines.append(f"| {stage} | {seconds:.1f} | {seconds / per:.0%} | {1e6 * seconds / count.words:.0f} |")
    lines += [f"- {line}" for line in count.crashed[:20]]
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kit", type=Path, default=Path(__file__).parent.parent.parent / "shared" / "kit")
    parser.add_argument("--limit", type=int, help="only the first N articles of each kit file")
    parser.add_argument("--generated", type=int, default=300, help="number of generated stories")
    parser.add_argument("--out", type=Path, help="also write the report here")
    args = parser.parse_args(argv)
    coder = dateline.Coder()
    start = time.process_time()
    coder.load()
    loading = time.process_time() - start
    made = list(stories(args.generated))
    coder.code(made[0]["text"])  # first use of compiled tables is not what is measured
    settle()  # as the command and its workers do
    counts = {}
    if (args.kit / "dev").is_dir():
        counts["Articles of the kit's dev files"] = measure(coder, kit_articles(args.kit, args.limit))
        print("\n".join(table("so far", *counts.values())), file=sys.stderr)
    else:
        print(f"{args.kit}: not there, generated stories only", file=sys.stderr)
    counts["Generated stories"] = measure(coder, made)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (one_worker, first), (two_workers, second) = workers(made, 1), workers(made, 2)
    sizes = installed()
    lines = [
        "# Speed and size",
        "",
        f"Python {platform.python_version()}, {platform.machine()}, one process unless said; made by `python bench/run.py`.",
        "",
        f"- the language model alone, raw text to tokens, sentences, tags, lemmas, trees and names: "
        f"**{model_rate(counts.values()):,.0f} words per CPU-second** (int8, one thread; {kernels()}); "
        f"loaded in {model_load():.2f} s",
        f"- installed: {sum(sizes.values()):,.0f} MiB with every package it needs; the largest: "
        + ", ".join(f"{name} {size:,.0f}" for name, size in list(sizes.items())[:8]),
        f"- peak memory {peak:,.0f} MiB; loading everything {loading:.2f} CPU-seconds",
        *(f"- {name}: {seconds:.2f} s" for name, seconds in start_up().items()),
        f"- {len(made)} generated stories, start included: 1 worker {one_worker:.1f} s, 2 workers {two_workers:.1f} s; "
        f"{'the same rows' if first == second else 'THE ROWS DIFFER'}",
    ]
    for name, count in counts.items():
        lines += ["", *table(name, count)]
    text = "\n".join(lines) + "\n"
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    return 1 if first != second or any(c.crashed for c in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
