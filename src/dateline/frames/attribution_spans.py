"""From tokens to spans: the phrase a token heads, without what hangs loosely on it."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import Sentence, Span

_LOOSE = frozenset({"parataxis", "discourse", "vocative", "dislocated"})
_TRIM = frozenset({",", ";", ":", ".", "-", "–", "—", "--", "?", "!", "..."})


def subtree_without(sentence: Sentence, head: int, cut: Iterable[int]) -> set[int]:
    """Tokens under ``head``, itself included, without the subtrees of the tokens in ``cut``."""
    banned = set(cut)
    out: set[int] = set()
    todo = [head] if head not in banned else []
    children = sentence.children
    while todo:
        i = todo.pop()
        out.add(i)
        todo.extend(k for k in children[i] if k not in banned)
    return out


def phrase(sentence: Sentence, head: int, cut: Iterable[int] = (), loose: bool = False) -> set[int]:
    """Tokens of the noun phrase headed by ``head``: appositions and tight modifiers, no loose clause.

    Relative clauses after a comma (unless ``loose``), parentheses that are clauses, and conjoined clauses stay out.
    """
    tokens = sentence.tokens
    banned = set(cut)
    out: set[int] = set()
    todo = [head]
    while todo:
        i = todo.pop()
        out.add(i)
        for k in sentence.children[i]:
            if k in banned:
                continue
            token = tokens[k]
            dep = token.dep.split(":", 1)[0]
            if dep in _LOOSE or (dep == "case" and i == head) or (dep == "cc" and i == head and k < head):
                continue
            if i == head and dep in ("nsubj", "csubj", "cop", "aux", "advcl", "ccomp", "mark", "expl"):
                continue
            if token.dep.endswith(("unmarked", "tmod")) and not (
                token.dep == "nmod:unmarked" and (token.upos == "NUM" or tokens[k - 1].text == ",")
            ):
                continue  # but "Jane Doe, 62" and "Paris, Texas"
            if dep == "acl" and not loose and after_comma(sentence, k):
                continue
            if dep == "conj" and token.upos in ("VERB", "AUX"):
                continue
            todo.append(k)
    return out


def own_subject(s: Sentence, v: int) -> int | None:
    """The subject of a verb. Of two, the tree took what was said for one: the nearer before the verb, if no preposition
    or conjunction leads to it."""
    own = s.childs(v, "nsubj", "csubj")
    before = [k for k in own if k < v]
    if len(before) > 1:
        return max((k for k in before if s.child(k, "case", "cc") is None), default=before[0])
    return before[0] if before else own[0] if own else None


def that_clause(s: Sentence, clause: int) -> bool:
    """Whether a clause has a conjunction "that" and a subject besides."""
    subject = s.child(clause, "nsubj")
    return subject is not None and any(
        s.tokens[c].dep == "mark" and s.tokens[c].text.lower() == "that" and c < subject for c in s.children[clause]
    )


def spans_of(sentence: Sentence, ids: Iterable[int]) -> tuple[Span, ...]:
    """Spans of the tokens, neighbours joined, punctuation at the edges trimmed (quotation marks and brackets stay)."""
    tokens = sentence.tokens
    runs: list[list[int]] = []
    last = -2
    for i in sorted(ids):
        if runs and (i == last + 1 or all(tokens[k].upos == "PUNCT" for k in range(last + 1, i))):
            runs[-1].append(i)
        else:
            runs.append([i])
        last = i
    out: list[Span] = []
    for run in runs:
        while run and tokens[run[0]].text in _TRIM:
            run.pop(0)
        while run and tokens[run[-1]].text in _TRIM:
            run.pop()
        if not run or all(tokens[k].upos == "PUNCT" for k in run):
            continue
        out.append(Span(tokens[run[0]].start, tokens[run[-1]].end))
    return tuple(out)


def merge_spans(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and join those that touch or have only white space and punctuation between them."""
    out: list[Span] = []
    for span in sorted(set(spans)):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif (
            out
            and not any(c.isalnum() for c in text[out[-1].end : span.start])
            and "\n\n" not in text[out[-1].end : span.start]
        ):
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def after_comma(sentence: Sentence, clause: int) -> bool:
    """Whether a comma, dash or bracket sets a clause off from what comes before."""
    first = min(sentence.subtree(clause))
    return first > 0 and (
        sentence.tokens[first].text in ",—–--(" or sentence.tokens[first - 1].text in (",", "—", "–", "--", "(")
    )
