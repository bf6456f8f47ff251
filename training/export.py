"""Export a trained net as the shipped model: int8 ONNX and its label files.

    python training/export.py --run RUN --out src/dateline/data/models/en --version 0.3

RUN is the folder of ``train.py``. The graph gives the scores of every head (``A``), the best tags, the scores of the
entity tags (``N``) and the halves of the relation scores (``D`` by word, ``G`` by head), from which the relation of
any (word, head) pair follows; the last layer of the relation scorer is in ``relations.npz``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import network
import numpy as np
import torch
from torch import nn

NAMES = ["ids", "mask", "sh", "first", "wmask"]
OUTPUTS = ["A", "H", "L", "U", "X", "N", "D", "G"]


class Graph(nn.Module):
    """The net as it is exported: the embedding table in int8 with a scale per row."""

    def __init__(self, net: network.Net) -> None:
        super().__init__()
        self.net = net
        weight = net.word.weight.data
        scale = weight.abs().amax(1, keepdim=True) / 127
        self.register_buffer("table", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)
        net.embed = self.embed  # type: ignore[method-assign]
        for layer in net.layers:
            layer.plain = True

    def embed(self, ids: torch.Tensor) -> torch.Tensor:
        return self.table[ids].float() * self.scale[ids]

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, shapes: torch.Tensor, first: torch.Tensor, words: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        net = self.net
        x = net.encode(ids, mask, shapes, first)
        rooted = net.with_root(x)
        arcs = net.arcs(x, rooted, words)
        heads = arcs.argmax(-1)
        dep, head = net.relation_parts(x, rooted)
        rels = net.relations(dep, head, heads).argmax(-1)
        return arcs, heads, rels, net.upos(x).argmax(-1), net.xpos(x).argmax(-1), net.ner(x), dep, head


def apart(model: Path, name: str, out: Path) -> None:
    """Move an array of the graph into a file of its own beside it, which other readers can map into memory too."""
    import onnx

    graph = onnx.load(str(model))
    (array,) = (a for a in graph.graph.initializer if a.name == name)
    raw = onnx.numpy_helper.to_array(array).tobytes()
    out.write_bytes(raw)
    array.ClearField("raw_data")
    array.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", out.name), ("offset", "0"), ("length", str(len(raw)))):
        entry = array.external_data.add()
        entry.key, entry.value = key, value
    model.write_bytes(graph.SerializeToString())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="0.3")
    parser.add_argument("--full-range", action="store_true", help="8-bit weights: for CPUs with VNNI only")
    parser.add_argument("--keep-float", action="store_true", help="write model-fp32.onnx too")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    labels = json.loads((options.run / "labels.json").read_text(encoding="utf-8"))
    state = torch.load(options.run / "net.pt", weights_only=True, map_location="cpu")
    net = network.Net(labels, state["word.weight"].shape[0], network.layers_in(state))
    net.load_state_dict(state)
    net.eval()
    graph = Graph(net).eval()
    ids = torch.tensor([[2, 5, 6, 7, 3], [2, 5, 6, 3, 0]])
    mask = (ids > 0).long()
    first = torch.tensor([[1, 2, 3], [1, 2, 0]])
    words = torch.tensor([[1.0, 1.0, 1.0], [1.0, 1.0, 0.0]])
    axes = {k: {0: "b", 1: "t"} for k in ("ids", "mask", "sh")} | {
        k: {0: "b", 1: "w"} for k in ("first", "wmask", *OUTPUTS)
    }
    axes["G"] = {0: "b", 1: "v"}
    axes["A"] = {0: "b", 1: "w", 2: "v"}
    full = options.out / "model-fp32.onnx"
    torch.onnx.export(
        graph, (ids, mask, mask, first, words), str(full), input_names=NAMES, output_names=OUTPUTS, dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(full),
        str(options.out / "model.onnx"),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=not options.full_range,
        op_types_to_quantize=["MatMul", "Gemm"],
    )
    apart(options.out / "model.onnx", "table", options.out / "words.bin")
    if not options.keep_float:
        full.unlink()
    np.savez(
        options.out / "relations.npz",
        weight=net.rel.weight.detach().numpy().astype(np.float32),
        bias=net.rel.bias.detach().numpy().astype(np.float32),
    )
    (options.out / "tokenizer.json").write_text(
        json.dumps(json.loads((options.run / "tokenizer.json").read_text(encoding="utf-8")), ensure_ascii=False),
        encoding="utf-8",
    )
    named = {"name": "dateline-en", "version": options.version, **labels}
    (options.out / "labels.json").write_text(json.dumps(named, ensure_ascii=False) + "\n", encoding="utf-8")
    print({p.name: round(p.stat().st_size / 1e6, 2) for p in sorted(options.out.iterdir())})


if __name__ == "__main__":
    main()
