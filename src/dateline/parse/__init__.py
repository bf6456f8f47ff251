"""Story -> Parse: words, sentences, trees and names.

    from dateline.parse import load_parser, plain_story
    parse = load_parser()(plain_story("Kenya sent troops."))

``load_parser`` returns the parser of the shipped model; ``spacy:NAME`` any spaCy pipeline. ``to_conllu`` and
``conllu_parser`` write and read CoNLL-U.
"""

from __future__ import annotations

from dateline.parse.base import Parser, data_folder, load_parser
from dateline.parse.plain import plain_story

__all__ = ["Parser", "conllu_parser", "data_folder", "load_parser", "plain_story", "to_conllu"]

from dateline.parse.conllu import conllu_parser, to_conllu
