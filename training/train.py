"""Train the English model: tags, trees and names from one encoder.

    python training/train.py --data DATA --start FOLDER --out RUN [--steps N] [--threads 1]

DATA is the data folder (``syntax/``, ``entities/``, ``world/``). FOLDER holds the model to start from: a shipped model
(``model.onnx``), the RUN folder of an earlier training (``net.pt``) or the package folder of all-MiniLM-L6-v2
(``model.safetensors``). RUN gets ``checkpoint.pt``
(training resumes from it when the same command is given again), ``log.txt`` and ``net.pt``. Then ``export.py``.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import pickle
import random
import time
from pathlib import Path

import augment
import corpora
import network
import torch
from torch.nn import functional as F

from dateline.parse.network import PER_WORD, shape

NER = ["O"] + [p + label for label in ("PER", "ORG", "LOC", "NORP") for p in ("B-", "I-")]
ENCODER = ("word.", "position", "norm", "layers")
BATCH = 1500  # subwords, padding included


class Coding:
    """Words to subwords, labels to numbers."""

    def __init__(self, labels: dict[str, list[str]], subwords) -> None:  # type: ignore[no-untyped-def]
        self.labels = labels
        self.number = {kind: {name: k for k, name in enumerate(names)} for kind, names in labels.items()}
        self.subwords = subwords
        vocabulary = subwords.get_vocab()
        self.start, self.stop, self.unknown, self.mask = (vocabulary[t] for t in ("[CLS]", "[SEP]", "[UNK]", "[MASK]"))
        self.known: dict[str, tuple[list[int], int]] = {}

    def word(self, word: str) -> tuple[list[int], int]:
        known = self.known.get(word)
        if known is None:
            ids = self.subwords.encode(word[:100], add_special_tokens=False).ids[:PER_WORD] or [self.unknown]
            known = (ids, shape(word))
            if len(self.known) < 500_000:
                self.known[word] = known
        return known

    def rel(self, dep: str) -> int:
        numbers = self.number["dep"]
        return numbers.get(dep, numbers.get(dep.split(":")[0], numbers["dep"]))

    def batch(
        self, examples: list[corpora.Example], rng: random.Random | None = None, blank: float = 0.03
    ) -> dict[str, torch.Tensor]:
        rows = []
        for example in examples:
            ids, shapes, first = [self.start], [0], []
            for word in example.words:
                word_ids, word_shape = self.word(word)
                first.append(len(ids))
                ids += word_ids
                shapes += [word_shape] * len(word_ids)
            if rng is not None:
                ids = [self.mask if rng.random() < blank and k else i for k, i in enumerate(ids)]
            rows.append(([*ids, self.stop], [*shapes, 0], first))
        n, length, width = len(rows), max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
        out = {k: torch.zeros(n, length, dtype=torch.long) for k in ("ids", "mask", "shapes")}
        out["first"] = torch.zeros(n, width, dtype=torch.long)
        out["words"] = torch.zeros(n, width)
        out["silver"] = torch.zeros(n, width, dtype=torch.bool)
        for k in ("upos", "xpos", "heads", "deps", "ner"):
            out[k] = torch.full((n, width), -100, dtype=torch.long)
        for k, (example, (ids, shapes, first)) in enumerate(zip(examples, rows, strict=True)):
            out["ids"][k, : len(ids)] = torch.tensor(ids)
            out["mask"][k, : len(ids)] = 1
            out["shapes"][k, : len(ids)] = torch.tensor(shapes)
            size = len(first)
            out["first"][k, :size] = torch.tensor(first)
            out["words"][k, :size] = 1
            out["silver"][k, :size] = example.silver
            if example.heads is not None and example.upos and example.xpos and example.deps:
                out["upos"][k, :size] = torch.tensor([self.number["upos"].get(t, -100) for t in example.upos])
                out["xpos"][k, :size] = torch.tensor([self.number["xpos"].get(t, -100) for t in example.xpos])
                out["heads"][k, :size] = torch.tensor([h if h >= 0 else -100 for h in example.heads])
                out["deps"][k, :size] = torch.tensor([self.rel(d) if d else -100 for d in example.deps])
            if example.ner is not None:
                out["ner"][k, :size] = torch.tensor([-100 if t is None else self.number["ner"][t] for t in example.ner])
        return out

    def size(self, example: corpora.Example) -> int:
        return sum(len(self.word(word)[0]) for word in example.words) + 2


def prepare(data: Path) -> dict[str, object]:
    """All examples and the label sets, in a fixed order."""
    reader = corpora.Reader(data)
    train = reader.syntax("train")
    gmb, held = reader.gmb()
    names = reader.wikigold() + reader.crossner() + reader.re3d() + reader.uner()
    dev = reader.syntax("dev")
    return {"syntax": train, "gmb": gmb, "names": names, "dev": dev, "held": held}


def chunk(
    sets: dict[str, list[corpora.Example]], names: augment.Names, coding: Coding, seed: int, limit: int = 190
) -> list[list[corpora.Example]]:
    """The batches of one round: all syntax, a sixth of GMB, the other names; each sentence varied anew."""
    rng = random.Random(seed)
    picked = list(sets["syntax"])
    gmb = list(sets["gmb"])
    random.Random(11).shuffle(gmb)
    part = len(gmb) // 6
    picked += gmb[(seed % 6) * part : (seed % 6 + 1) * part] + sets["names"]
    varied = [augment.vary(e, rng, names) for e in picked if e.words]
    sized = [(coding.size(e), e) for e in varied]
    sized = [(n + 3 * rng.random(), e) for n, e in sized if n <= limit]
    sized.sort(key=lambda pair: pair[0])
    batches: list[list[corpora.Example]] = []
    current: list[corpora.Example] = []
    for n, example in sized:
        if current and n * (len(current) + 1) > BATCH:
            batches.append(current)
            current = []
        current.append(example)
    if current:
        batches.append(current)
    rng.shuffle(batches)
    return batches


def losses(net: network.Net, b: dict[str, torch.Tensor], trust: bool) -> torch.Tensor:
    """The sum of the losses of the layers that the batch has; ``trust``: doubt silver tags no more than gold."""
    x = net.encode(b["ids"], b["mask"], b["shapes"], b["first"])
    loss = x.new_zeros(())
    rows = (b["heads"] != -100).any(1)
    if rows.any():
        s = x[rows]
        rooted = net.with_root(s)
        heads, deps = b["heads"][rows], b["deps"][rows]
        loss = loss + F.cross_entropy(net.upos(s).flatten(0, 1), b["upos"][rows].flatten(), ignore_index=-100)
        loss = loss + 0.5 * F.cross_entropy(net.xpos(s).flatten(0, 1), b["xpos"][rows].flatten(), ignore_index=-100)
        loss = loss + F.cross_entropy(
            net.arcs(s, rooted, b["words"][rows]).flatten(0, 1), heads.flatten(), ignore_index=-100
        )
        dep, head = net.relation_parts(s, rooted)
        loss = loss + F.cross_entropy(
            net.relations(dep, head, heads.clamp(min=0)).flatten(0, 1), deps.flatten(), ignore_index=-100
        )
    if (b["ner"] != -100).any():
        each = F.cross_entropy(net.ner(x).flatten(0, 1), b["ner"].flatten(), ignore_index=-100, reduction="none")
        there = b["ner"].flatten() != -100
        if not trust:
            # a silver tag that the model finds all but impossible is more likely an error of the machine that made it
            there = there & ~(b["silver"].flatten() & (each.detach() > 3.0))
        loss = loss + 2.0 * (each * there).sum() / there.sum().clamp(min=1)
    return loss


def readings(
    net: network.Net, b: dict[str, torch.Tensor], heads: torch.Tensor | None = None
) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Heads (the net's own, or those given) and the log-probabilities of arcs, relations to these heads, tags and names."""
    x = net.encode(b["ids"], b["mask"], b["shapes"], b["first"])
    rooted = net.with_root(x)
    arcs = net.arcs(x, rooted, b["words"])
    heads = arcs.argmax(-1) if heads is None else heads
    relations = net.relations(*net.relation_parts(x, rooted), heads)
    return heads, [F.log_softmax(s, -1) for s in (arcs, relations, net.upos(x), net.xpos(x), net.ner(x))]


def lessons(net: network.Net, teachers: list[network.Net], b: dict[str, torch.Tensor]) -> torch.Tensor:
    """How far the net is from the mean of its teachers on every sentence, annotated or not (KL divergence)."""
    with torch.no_grad():
        heads, first = readings(teachers[0], b)
        each = [first, *(readings(teacher, b, heads)[1] for teacher in teachers[1:])]
        wanted = [torch.logsumexp(torch.stack(parts), 0) - math.log(len(each)) for parts in zip(*each, strict=True)]
    _, ours = readings(net, b, heads)
    there = b["words"] > 0
    loss = heads.new_zeros((), dtype=torch.float)
    for weight, mine, theirs in zip((1.0, 1.0, 1.0, 0.5, 2.0), ours, wanted, strict=True):
        loss = loss + weight * F.kl_div(mine[there], theirs[there], reduction="batchmean", log_target=True)
    return loss


@torch.inference_mode()
def evaluate(net: network.Net, coding: Coding, examples: list[corpora.Example]) -> dict[str, float]:
    """Gold-token scores: tags, unlabelled and labelled (universal) attachment, entity F1."""
    net.eval()
    count = dict.fromkeys(("n", "upos", "uas", "las", "tp", "guess", "gold"), 0)
    order = sorted((e for e in examples if coding.size(e) <= 250), key=lambda e: len(e.words))
    for at in range(0, len(order), 24):
        part = order[at : at + 24]
        b = coding.batch(part)
        x = net.encode(b["ids"], b["mask"], b["shapes"], b["first"])
        rooted = net.with_root(x)
        heads = net.arcs(x, rooted, b["words"]).argmax(-1)
        deps = net.relations(*net.relation_parts(x, rooted), heads).argmax(-1)
        upos, ner = net.upos(x).argmax(-1), net.ner(x).argmax(-1)
        for k, e in enumerate(part):
            size = len(e.words)
            if e.heads is not None and e.upos and e.deps:
                for i in range(size):
                    count["n"] += 1
                    count["upos"] += coding.labels["upos"][upos[k, i]] == e.upos[i]
                    if heads[k, i] == e.heads[i]:
                        count["uas"] += 1
                        count["las"] += coding.labels["dep"][deps[k, i]].split(":")[0] == e.deps[i].split(":")[0]
            if e.ner is not None:
                known = [t is not None for t in e.ner]
                gold = set(corpora.spans_of([t or "O" for t in e.ner]))
                guess = {
                    s for s in corpora.spans_of([NER[t] for t in ner[k, :size].tolist()]) if all(known[s[0] : s[1]])
                }
                count["tp"] += len(gold & guess)
                count["gold"] += len(gold)
                count["guess"] += len(guess)
    net.train()
    out = {k: round(100 * count[k] / count["n"], 2) for k in ("upos", "uas", "las")} if count["n"] else {}
    if count["gold"]:
        out["ner"] = round(200 * count["tp"] / max(1, count["guess"] + count["gold"]), 2)
    return out


def teacher_of(folder: Path, labels: dict[str, list[str]], vocabulary: int) -> network.Net:
    """A trained net that only answers: of a RUN, or a shipped model."""
    if (folder / "net.pt").exists():
        state = torch.load(folder / "net.pt", weights_only=True)
        net = network.Net(labels, vocabulary, network.layers_in(state))
        net.load_state_dict(state)
    else:
        net = network.Net(labels, vocabulary)
        network.from_export(net, folder)
    return net.requires_grad_(False).eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--deepen", type=Path, help="the folder of MiniLM that the layers above the third come from")
    parser.add_argument(
        "--teachers", type=Path, nargs="+", default=[], help="RUNs and shipped models to learn from too"
    )
    parser.add_argument("--blank", type=float, default=0.03, help="share of the subwords that the net does not see")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument(
        "--doubt-after", type=int, default=1500, help="step from which impossible silver tags are left out"
    )
    options = parser.parse_args()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    torch.set_num_threads(options.threads)
    torch.manual_seed(5)
    options.out.mkdir(parents=True, exist_ok=True)
    log_file = (options.out / "log.txt").open("a", encoding="utf-8")

    def log(*parts: object) -> None:
        print(*parts, file=log_file, flush=True)
        print(*parts, flush=True)

    cache = options.out / "examples.pkl"
    if not cache.exists():
        cache.write_bytes(pickle.dumps(prepare(options.data)))
    sets = pickle.loads(cache.read_bytes())
    shipped = (options.start / "model.onnx").exists()
    again = (options.start / "net.pt").exists()
    from tokenizers import Tokenizer

    if again:
        labels = json.loads((options.start / "labels.json").read_text(encoding="utf-8"))
        subwords = Tokenizer.from_file(str(options.start / "tokenizer.json"))
    elif shipped:
        labels = {
            k: v for k, v in json.loads((options.start / "labels.json").read_text()).items() if isinstance(v, list)
        }
        subwords = Tokenizer.from_file(str(options.start / "tokenizer.json"))
    else:
        import vocabulary

        labels = vocabulary.labels(sets["syntax"])
        subwords, keep = vocabulary.prune(options.start, sets)
    labels["ner"] = NER
    subwords.no_padding()
    subwords.no_truncation()
    subwords.save(str(options.out / "tokenizer.json"))
    (options.out / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    coding = Coding(labels, subwords)
    net = network.Net(labels, subwords.get_vocab_size(), options.layers)
    if again:
        net.load_state_dict(torch.load(options.start / "net.pt", weights_only=True))
    elif shipped:
        network.from_export(net, options.start)
    else:
        network.from_minilm(net, options.start, keep)
    if options.deepen:
        from safetensors.torch import load_file

        network.layers_of_minilm(net, load_file(options.deepen / "model.safetensors"), network.SHALLOW)
        net.word.requires_grad_(False)  # one table of words serves both sizes
    teachers = [teacher_of(folder, labels, subwords.get_vocab_size()) for folder in options.teachers]
    if teachers:
        net.word.requires_grad_(False)  # one table of words serves every size
    names = augment.Names(options.data, corpora.Reader(options.data))
    learnt = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    encoder = [p for n, p in learnt if n.startswith(ENCODER)]
    heads = [p for n, p in learnt if not n.startswith(ENCODER)]
    optimiser = torch.optim.AdamW(
        [
            {"params": encoder, "lr": options.rate, "weight_decay": 0.01},
            {"params": heads, "lr": 8 * options.rate, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
        fused=True,
    )
    mean = copy.deepcopy(net).requires_grad_(False)  # running mean of the weights: what is scored and kept
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / 150) * max(0.01, 1 - s / options.steps)
    )
    step = round_number = 0
    checkpoint = options.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(state["net"])
        mean.load_state_dict(state["mean"])
        optimiser.load_state_dict(state["optimiser"])
        rates.load_state_dict(state["rates"])
        step, round_number = state["step"], state["round"]
        log("resumed at step", step)
    else:
        log(
            f"parameters {sum(p.numel() for p in net.parameters()) / 1e6:.1f} M;",
            {k: len(v) for k, v in sets.items()},
        )
        log(
            "at start",
            {"dev": evaluate(net, coding, sets["dev"][:2000:4]), "held": evaluate(net, coding, sets["held"])},
        )
    began, seen, running, since = time.time(), 0, 0.0, 0
    batches: list[list[corpora.Example]] = []
    position = 0
    while step < options.steps:
        if position >= len(batches):
            batches = chunk(sets, names, coding, round_number)
            position = 0
            round_number += 1
            log("round", round_number, "batches", len(batches), f"minutes {(time.time() - began) / 60:.1f}")
        examples = batches[position]
        position += 1
        b = coding.batch(examples, random.Random(step), options.blank)
        loss = losses(net, b, trust=step < options.doubt_after)
        if teachers:
            loss = loss + lessons(net, teachers, b)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        rates.step()
        step += 1
        share = 1 - min(0.998, step / (step + 20))
        with torch.no_grad():
            torch._foreach_lerp_(list(mean.parameters()), list(net.parameters()), share)
        since += 1
        seen += int(b["words"].sum())
        running += float(loss.detach())
        if step in (20, 100) or step % 250 == 0:
            rate = seen / (time.time() - began)
            log(f"step {step} loss {running / since:.3f} {rate:.0f} words/s {(time.time() - began) / 60:.1f} min")
            running, since = 0.0, 0
        if step % 500 == 0 or step == options.steps:
            log(
                "step",
                step,
                {"dev": evaluate(mean, coding, sets["dev"][::3]), "held": evaluate(mean, coding, sets["held"])},
            )
            state = {
                "net": net.state_dict(),
                "mean": mean.state_dict(),
                "optimiser": optimiser.state_dict(),
                "rates": rates.state_dict(),
            }
            torch.save({**state, "step": step, "round": round_number}, options.out / "checkpoint.tmp")
            os.replace(options.out / "checkpoint.tmp", checkpoint)
            torch.save(mean.state_dict(), options.out / "net.pt")
    log(f"done: {step} steps, {(time.time() - began) / 60:.1f} minutes, {seen} words")


if __name__ == "__main__":
    main()
