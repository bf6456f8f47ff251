"""The model: the first layers of MiniLM, and small heads for tags, entity tags, heads of words and relations."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, ATTENTION, POSITIONS, SHAPES = 384, 12, 256, 8
ARC, REL = 256, 192


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
        for layer in self.layers:
            x = layer(x, bias)
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


def from_minilm(net: Net, folder: Path, keep: list[int]) -> None:
    """Copy the embeddings (rows ``keep``) and first layers of all-MiniLM-L6-v2 from its package folder."""
    from safetensors.torch import load_file

    state = load_file(folder / "model.safetensors")
    kinds = state["embeddings.token_type_embeddings.weight"][0]
    net.word.weight.data.copy_(state["embeddings.word_embeddings.weight"][keep])
    net.position.weight.data.copy_(state["embeddings.position_embeddings.weight"][:POSITIONS] + kinds)
    net.norm.load_state_dict({k: state[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")})
    for n, layer in enumerate(net.layers):
        p = f"encoder.layer.{n}."
        for k in ("weight", "bias"):
            parts = [state[f"{p}attention.self.{part}.{k}"] for part in ("query", "key", "value")]
            getattr(layer.qkv, k).data.copy_(torch.cat(parts))
            getattr(layer.out, k).data.copy_(state[f"{p}attention.output.dense.{k}"])
            getattr(layer.norm1, k).data.copy_(state[f"{p}attention.output.LayerNorm.{k}"])
            getattr(layer.up, k).data.copy_(state[f"{p}intermediate.dense.{k}"])
            getattr(layer.down, k).data.copy_(state[f"{p}output.dense.{k}"])
            getattr(layer.norm2, k).data.copy_(state[f"{p}output.LayerNorm.{k}"])


def from_first_model(net: Net, folder: Path, labels: dict[str, list[str]]) -> None:
    """Start from version 0.1 of this model (int8 ONNX of the first experiment): encoder, tag heads and arc scorer."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(folder / "model.onnx"))
    old = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    arrays = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in model.graph.initializer}

    def dequantised(name: str) -> torch.Tensor:
        scale, zero = arrays[name.replace("_quantized", "_scale")], arrays[name.replace("_quantized", "_zero_point")]
        return (arrays[name].float() - zero.float()) * scale

    weights = {}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            weights[node.name.replace("/MatMul_quant", "").strip("/")] = dequantised(node.input[1]).T

    kinds = dequantised("n.b.embeddings.token_type_embeddings.weight_quantized")[0]
    net.word.weight.data.copy_(dequantised("n.b.embeddings.word_embeddings.weight_quantized"))
    net.position.weight.data.copy_(dequantised("n.b.embeddings.position_embeddings.weight_quantized") + kinds)
    net.shape.weight.data.copy_(dequantised("n.sh.weight_quantized"))
    net.norm.weight.data.copy_(arrays["n.b.embeddings.LayerNorm.weight"])
    net.norm.bias.data.copy_(arrays["n.b.embeddings.LayerNorm.bias"])
    net.root.data.copy_(arrays["n.root"])
    net.arc.data.copy_(arrays["n.U"])
    for n, layer in enumerate(net.layers):
        w, b = f"b/encoder/layer.{n}/", f"n.b.encoder.layer.{n}."
        layer.qkv.weight.data.copy_(torch.cat([weights[f"{w}attention/self/{p}"] for p in ("query", "key", "value")]))
        layer.qkv.bias.data.copy_(torch.cat([arrays[f"{b}attention.self.{p}.bias"] for p in ("query", "key", "value")]))
        for module, ours in (
            ("attention/output/dense", layer.out),
            ("intermediate/dense", layer.up),
            ("output/dense", layer.down),
        ):
            ours.weight.data.copy_(weights[w + module])
            ours.bias.data.copy_(arrays[b + module.replace("/", ".") + ".bias"])
        for module, norm in (("attention.output.LayerNorm", layer.norm1), ("output.LayerNorm", layer.norm2)):
            norm.weight.data.copy_(arrays[f"{b}{module}.weight"])
            norm.bias.data.copy_(arrays[f"{b}{module}.bias"])
    for theirs, ours in (("ah", net.arc_head), ("ad", net.arc_dep)):
        ours.weight.data.copy_(weights[theirs])
        ours.bias.data.copy_(arrays[f"n.{theirs}.bias"])
    for kind, head in (("upos", net.upos), ("xpos", net.xpos), ("ner", net.ner)):
        for k, label in enumerate(labels[kind]):
            if label in old[kind]:
                at = old[kind].index(label)
                head.weight.data[k] = weights[kind][at]
                head.bias.data[k] = arrays[f"n.{kind}.bias"][at]
