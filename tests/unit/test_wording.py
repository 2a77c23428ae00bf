"""Words that the glossary refuses in a page's prose, each with its line and what to write instead."""

# ruff: noqa: E501 - a case stands on one line

from __future__ import annotations

import pytest

from miaotui.checks.wording import misused

FOUND: dict[str, tuple[str, str, list[tuple[int, str, str]]]] = {
    "nothing": ("zh", "数值精度和准确率是两回事。", []),
    "精度 alone": ("zh", "第一行\n量化会降低精度。", [(2, "降低精度", "准确率 / 数值精度")]),
    "精度 of a model": ("zh", "模型精度", [(1, "精度", "准确率 / 数值精度")]),
    "精度 that says which": ("zh", "混合精度、低精度、双精度、数值精度和精度损失", []),
    "both in one line": ("zh", "数值精度不是精度", [(1, "精度", "准确率 / 数值精度")]),
    "刻度 for a scale": ("zh", "共用一个刻度；对数刻度", [(1, "刻度", "缩放因子")]),
    "three meanings of one word": ("zh", "模型融合", [(1, "模型融合", "算子融合 / 模型集成 / 模型合并")]),
    "a name written otherwise": ("zh", "KV cache 和 KVCache", [(1, "KV cache", "KV Cache"), (1, "KVCache", "KV Cache")]),
    "a slip": ("zh", "算数强度", [(1, "算数强度", "算术强度")]),
    "words in quotation marks": ("zh", "「精度」一词，“精度”一词", []),
    "a quotation": ("zh", "> 降低精度\n\n    > 精度\n精度", [(4, "精度", "准确率 / 数值精度")]),
    "a question's title": ("zh", "- [18. 什么是模型融合？](../q/18.md)\n- [模型融合](../q/18.md)", [(2, "模型融合", "算子融合 / 模型集成 / 模型合并")]),
    "code": ("zh", "`精度` ``a`精度``\n\n```\n精度\n```\n精度", [(6, "精度", "准确率 / 数值精度")]),
    "a lone backtick": ("zh", "` 甲\n\n精度 `", [(3, "精度", "准确率 / 数值精度")]),
    "formulas": ("zh", "$精度$\n$$\n精度\n$$\n精度", [(5, "精度", "准确率 / 数值精度")]),
    "comments, snippets, tags, attributes": ("zh", '<!-- 精度\n精度 -->\n--8<-- "精度"\n<span title=精度>\n## 题 { #精度 }\n精度', [(6, "精度", "准确率 / 数值精度")]),
    "a link's target": ("en", "[a](quantisation.md) quantisation", [(1, "quantisation", "quantization")]),
    "British spelling": ("en", "Quantisation, quantised and dequantisation", [(1, "Quantisation", "quantization"), (1, "quantised", "quantization"), (1, "dequantisation", "dequantization")]),
    "American spelling": ("en", "Quantization, quantized, a tokenizer", []),
    "inside a longer word": ("en", "requantised, quantised-ish", []),
    "the other language's name": ("en", "The KV Cache, *KV Cache*{ .other lang=zh }", [(1, "KV Cache", "KV cache")]),
    "all-reduce": ("en", "allreduce, AllReduce, all-reduce, All-reduce", [(1, "allreduce", "all-reduce"), (1, "AllReduce", "all-reduce")]),
    "a title between rules": ("zh", "---\ntitle: 精度\nkeywords: [\"精度\"]\n---\n", [(2, "精度", "准确率 / 数值精度")]),
}  # fmt: skip


@pytest.mark.parametrize("case", FOUND)
def test_misused(case: str) -> None:
    code, text, wanted = FOUND[case]
    assert list(misused(text, code)) == wanted
