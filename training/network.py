"""The model: the first layers of MiniLM, and small heads for tags, entity tags, heads of words and relations."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, ATTENTION, POSITIONS, SHAPES = 384, 12, 256, 8
ARC, REL = 256, 192
SHALLOW = 3  # layers of the default size


class Layer(nn.Module):
    """A transformer layer of BERT with one matrix for query, key and value."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.plain = False  # spelled-out attention, for the export

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        size, length, _ = x.shape
        q, k, v = self.qkv(x).view(size, length, 3, ATTENTION, WIDTH // ATTENTION).permute(2, 0, 3, 1, 4).unbind(0)
        if self.plain:
            scores = torch.matmul(q, k.transpose(-1, -2)) * (WIDTH // ATTENTION) ** -0.5 + bias
            y = torch.matmul(scores.softmax(-1), v)
        else:
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        y = self.out(y.transpose(1, 2).reshape(size, length, WIDTH))
        x = self.norm1(x + self.drop(y))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Net(nn.Module):
    """Subwords in; scores for tags, entity tags and heads out. ``relations`` scores the relation to a given head."""

    def __init__(self, labels: dict[str, list[str]], vocabulary: int, layers: int = 3) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        # how much of the layers above the third goes into the heads: lets a trained shallow net grow deeper
        self.gate = nn.Parameter(torch.full((WIDTH,), 0.1)) if layers > SHALLOW else None
        self.drop = nn.Dropout(0.1)
        self.word_drop = nn.Dropout(0.2)
        self.root = nn.Parameter(torch.zeros(WIDTH))
        self.upos = nn.Linear(WIDTH, len(labels["upos"]))
        self.xpos = nn.Linear(WIDTH, len(labels["xpos"]))
        self.ner = nn.Linear(WIDTH, len(labels["ner"]))
        self.arc_dep = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        nn.init.xavier_uniform_(self.arc)
        self.rel_dep = nn.Linear(WIDTH, REL)
        self.rel_head = nn.Linear(WIDTH, REL, bias=False)
        self.rel = nn.Linear(REL, len(labels["dep"]))

    def embed(self, ids: torch.Tensor) -> torch.Tensor:
        return self.word(ids)

    def encode(self, ids: torch.Tensor, mask: torch.Tensor, shapes: torch.Tensor, first: torch.Tensor) -> torch.Tensor:
        x = self.embed(ids) + self.shape(shapes) + self.position.weight[: ids.size(1)]
        x = self.drop(self.norm(x))
        bias = ((1.0 - mask.float()) * -1e4)[:, None, None, :]
        for layer in self.layers[:SHALLOW]:
            x = layer(x, bias)
        if self.gate is not None:
            deep = x
            for layer in self.layers[SHALLOW:]:
                deep = layer(deep, bias)
            x = x + self.gate * (deep - x)
        return self.word_drop(x.gather(1, first.unsqueeze(-1).expand(-1, -1, WIDTH)))

    def with_root(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([self.root.expand(x.size(0), 1, -1), x], 1)

    def arcs(self, x: torch.Tensor, rooted: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """``[batch, word, head]`` scores; column 0 is the root; padding and self are ruled out."""
        dep, head = F.relu(self.arc_dep(x)), F.relu(self.arc_head(rooted))
        dep = torch.matmul(dep, self.arc[:-1]) + self.arc[-1]
        scores = torch.matmul(dep, head.transpose(1, 2))
        there = torch.cat([torch.ones_like(words[:, :1]), words], 1)
        number = torch.arange(rooted.size(1), device=x.device)
        own = (number.unsqueeze(0) == (number[:-1].unsqueeze(1) + 1)).float() * -1e4
        return scores + (1.0 - there).unsqueeze(1) * -1e4 + own

    def relation_parts(self, x: torch.Tensor, rooted: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.rel_dep(x), self.rel_head(rooted)

    def relations(self, dep: torch.Tensor, head: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        return self.rel(F.relu(dep + head.gather(1, heads.unsqueeze(-1).expand(-1, -1, REL))))


def layers_in(state: dict[str, torch.Tensor]) -> int:
    """How many transformer layers a net's weights have."""
    return 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))


def from_minilm(net: Net, folder: Path, keep: list[int]) -> None:
    """Copy the embeddings (rows ``keep``) and first layers of all-MiniLM-L6-v2 from its package folder."""
    from safetensors.torch import load_file

    state = load_file(folder / "model.safetensors")
    layers_of_minilm(net, state, 0)
    kinds = state["embeddings.token_type_embeddings.weight"][0]
    net.word.weight.data.copy_(state["embeddings.word_embeddings.weight"][keep])
    net.position.weight.data.copy_(state["embeddings.position_embeddings.weight"][:POSITIONS] + kinds)
    net.norm.load_state_dict({k: state[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")})


def layers_of_minilm(net: Net, state: dict[str, torch.Tensor], first: int) -> None:
    """Copy the layers from number ``first`` on."""
    for n, layer in enumerate(net.layers[first:], first):
        p = f"encoder.layer.{n}."
        for k in ("weight", "bias"):
            parts = [state[f"{p}attention.self.{part}.{k}"] for part in ("query", "key", "value")]
            getattr(layer.qkv, k).data.copy_(torch.cat(parts))
            getattr(layer.out, k).data.copy_(state[f"{p}attention.output.dense.{k}"])
            getattr(layer.norm1, k).data.copy_(state[f"{p}attention.output.LayerNorm.{k}"])
            getattr(layer.up, k).data.copy_(state[f"{p}intermediate.dense.{k}"])
            getattr(layer.down, k).data.copy_(state[f"{p}output.dense.{k}"])
            getattr(layer.norm2, k).data.copy_(state[f"{p}output.LayerNorm.{k}"])


def from_export(net: Net, folder: Path) -> None:
    """Start from a shipped model folder (int8 ``model.onnx`` of ``export.py``); its first layers, if ``net`` has more."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(folder / "model.onnx"))
    arrays = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in model.graph.initializer}
    matrices = []
    # the number in a matrix's name follows the order of ``Graph.forward``
    for name in sorted((n for n in arrays if n.endswith("_quantized")), key=lambda n: int(n.split("_")[1])):
        scale, zero = (arrays[name.replace("_quantized", end)] for end in ("_scale", "_zero_point"))
        matrices.append(((arrays[name].float() - zero.float()) * scale).T)
    with torch.no_grad():
        net.word.weight.copy_(arrays["table"].float() * arrays["scale"])
        for name, parameter in net.named_parameters():
            if f"net.{name}" in arrays:
                parameter.copy_(arrays[f"net.{name}"])
        depth = (len(matrices) - 9) // 4
        modules = [m for layer in net.layers[:depth] for m in (layer.qkv, layer.out, layer.up, layer.down)]
        modules += [net.arc_dep, net.arc_head, None, net.rel_dep, net.rel_head, net.rel, net.upos, net.xpos, net.ner]
        for module, matrix in zip(modules, matrices, strict=True):
            if module is None:
                net.arc[:-1].copy_(matrix.T)
            else:
                module.weight.copy_(matrix)
        (bias,) = (a for name, a in arrays.items() if name.startswith("onnx::Add"))
        net.arc[-1].copy_(bias)
