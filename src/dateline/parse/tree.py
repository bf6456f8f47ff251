"""The tree decoder: any choice of heads becomes one tree with one root.

The model scores every possible head of every word. The best head of each word usually makes a tree; where it does
not (a cycle, no root, two roots) the maximum spanning tree with a single root is taken instead (Chu-Liu/Edmonds).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Scores = np.ndarray[Any, np.dtype[np.float32]]


def is_tree(heads: list[int]) -> bool:
    """Whether ``heads`` (1-based, 0 for the root, one per word) form a tree with exactly one root.

    >>> is_tree([2, 0, 2])
    True
    >>> is_tree([2, 1, 0])
    False
    """
    if heads.count(0) != 1:
        return False
    size = len(heads)
    state = [0] * (size + 1)  # 0 unknown, 1 reaches the root, 2 on the path being walked
    state[0] = 1
    for word in range(1, size + 1):
        path = []
        at = word
        while state[at] == 0:
            state[at] = 2
            path.append(at)
            at = heads[at - 1]
            if not 0 <= at <= size:
                return False
        if state[at] == 2:
            return False
        for step in path:
            state[step] = 1
    return True


def best_tree(scores: Scores) -> list[int]:
    """Heads (1-based, 0 for the root) of the best single-root tree for ``scores[word, head]``.

    ``scores`` has one row per word and one column per head, column 0 being the root. Scores must be comparable
    (log-probabilities or raw scores of one model); a word can never be its own head.
    """
    import numpy as np

    size = scores.shape[0]
    if size == 0:
        return []
    if size == 1:
        return [0]
    matrix = np.full((size + 1, size + 1), -1e9, dtype=np.float64)
    row = scores.astype(np.float64)
    shift = row.max(axis=1, keepdims=True)
    row = row - (shift + np.log(np.exp(row - shift).sum(axis=1, keepdims=True)))
    matrix[1:, :] = np.maximum(row, -1e6)
    np.fill_diagonal(matrix, -1e9)
    matrix[0, :] = -1e9
    heads = _spanning_tree(matrix)
    roots = [word for word in range(1, size + 1) if heads[word] == 0]
    if len(roots) == 1:
        return heads[1:]
    best: list[int] = []
    best_score = -np.inf
    candidates = sorted(range(1, size + 1), key=lambda word: -matrix[word, 0])[: max(3, len(roots) + 1)]
    for root in sorted(set(roots) | set(candidates)):
        single = matrix.copy()
        single[1:, 0] = -1e9
        single[root, :] = -1e9
        single[root, 0] = matrix[root, 0]
        tree = _spanning_tree(single)
        total = sum(single[word, tree[word]] for word in range(1, size + 1))
        if total > best_score:
            best, best_score = tree, total
    return best[1:]


def _spanning_tree(matrix: Any) -> list[int]:
    """Chu-Liu/Edmonds on ``matrix[dependent, head]`` with node 0 as the root; heads by node (entry 0 is unused)."""
    import numpy as np

    size = matrix.shape[0]
    heads = matrix.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads.tolist())
    if not cycle:
        return [int(head) for head in heads]
    in_cycle = np.zeros(size, dtype=bool)
    in_cycle[cycle] = True
    rest = [node for node in range(size) if not in_cycle[node]]
    others = np.array(rest)
    ring = np.array(cycle)
    inside = matrix[ring, heads[ring]]
    # one node stands for the whole cycle: entering it at a word replaces that word's head inside the cycle
    entering = matrix[np.ix_(ring, others)] - inside[:, None]
    leaving = matrix[np.ix_(others, ring)]
    small = np.full((len(rest) + 1, len(rest) + 1), -1e9, dtype=np.float64)
    small[:-1, :-1] = matrix[np.ix_(others, others)]
    small[-1, :-1] = entering.max(axis=0)
    small[:-1, -1] = leaving.max(axis=1)
    enter_at = entering.argmax(axis=0)
    leave_at = leaving.argmax(axis=1)
    small[0, :] = -1e9
    solved = _spanning_tree(small)
    result = [int(head) for head in heads]
    for index, node in enumerate(rest):
        if node == 0:
            continue
        head = solved[index]
        result[node] = int(ring[leave_at[index]]) if head == len(rest) else rest[head]
    entry = solved[len(rest)]
    result[int(ring[enter_at[entry]])] = rest[entry]
    return result


def _cycle(heads: list[int]) -> list[int]:
    """The nodes of one cycle that does not hold the root, or an empty list."""
    state = [0] * len(heads)
    state[0] = 2
    for node in range(1, len(heads)):
        path = []
        at = node
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if state[at] == 1:
            return path[path.index(at) :]
        for step in path:
            state[step] = 2
    return []
