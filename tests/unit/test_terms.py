"""Which words of a page are terms: the matching, the places left out, and what the hook makes of them."""

# ruff: noqa: E501 - a case stands on one line

from __future__ import annotations

import re
from typing import Any

import pytest

from miaotui.bank.glossary import Glossary
from miaotui.bank.terms import Words, linked
from miaotui.base.problem import RefusedError
from miaotui.site import glossary_terms as hook
from miaotui.site.body_text import first_uses, running

NONE = re.compile(r"(?!)")


def term(name: str, zh: list[str], en: list[str], **more: object) -> dict[str, object]:
    """A term by its forms; more keys are those of glossary.yml, `not_in` of both languages."""
    not_in = more.pop("not_in", ())
    words = {
        code: {"term": forms[0], "also": forms[1:], "definition": f"{name}.", "not_in": not_in}
        for code, forms in (("zh", zh), ("en", en))
    }
    return {"id": name, **words, **more}


GLOSSARY = Glossary.model_validate(
    {
        "topics": [
            {
                "topic": "a",
                "terms": [
                    term("quantization", ["量化"], ["quantization"], not_in=["量化指标", "data quantization"]),
                    term("qat", ["量化感知训练"], ["quantization-aware training"], abbreviation="QAT"),
                    term("dequantization", ["反量化"], ["dequantization"]),
                    term("kv-cache", ["KV Cache", "KV 缓存"], ["KV cache"], abbreviation="KV", unlinked=["KV"]),
                    term("prefill", ["预填充", "prefill"], ["prefill"]),
                    term("chunked-prefill", ["分块预填充", "chunked prefill"], ["chunked prefill"]),
                    term("runtime", ["运行时"], ["runtime"], not_in=["运行时间", "at runtime"]),
                    term("intensity", ["算术强度"], ["arithmetic intensity"], abbreviation="AI", unlinked=["AI"]),
                    term("sparsity", ["2:4 稀疏"], ["2:4 sparsity"]),
                    term("token", ["Token"], ["token"], common=True),
                ],
            }
        ]
    }
)

FOUND = {
    "a Chinese word in a sentence": ("zh", "先量化再部署", "量化"),
    "the longest first": ("zh", "量化感知训练", "量化感知训练"),
    "one that begins before": ("zh", "反量化", "反量化"),
    "a word in a longer one that is no term": ("zh", "量化指标很多，运行时间很长", ""),
    "the word again behind the longer one": ("zh", "运行时间取决于运行时", "运行时"),
    "each use, in order": ("zh", "预填充之后量化，再量化", "预填充|量化|量化"),
    "Latin words beside Chinese ones": ("zh", "用prefill和KV Cache。", "prefill|KV Cache"),
    "at the start of a sentence": ("zh", "Prefill 很快", "Prefill"),
    "a form in another order of capitals": ("zh", "kv cache，KV cache，PREFILL", ""),
    "an abbreviation, exactly": ("zh", "QAT、qat、QATs", "QAT"),
    "a Latin word in a longer one": ("zh", "prefiller，reprefill，prefill_size，pre-prefill，prefill-only", ""),
    "a longer term of two words": ("zh", "chunked prefill", "chunked prefill"),
    "what is not linked": ("en", "AI and KV heads", ""),
    "a plural": ("en", "KV caches, prefills and runtimes", "KV caches|prefills|runtimes"),
    "an abbreviation's plural": ("en", "QATs", "QATs"),
    "no plural in Chinese": ("zh", "prefills", ""),
    "words at the end of a line": ("en", "the arithmetic\nintensity", "arithmetic\nintensity"),
    "a hyphen in the term": ("en", "Quantization-aware training", "Quantization-aware training"),
    "a number before": ("en", "2:4 sparsity, 12:4 sparsity", "2:4 sparsity"),
    "a longer word of English": ("en", "at runtime, data quantization, a runtime", "runtime"),
    "punctuation around": ("en", "(prefill), “runtime”; quantization's", "prefill|runtime|quantization"),
    "a word of the other language": ("en", "预填充", ""),
}


@pytest.mark.parametrize("case", FOUND)
def test_found(case: str) -> None:
    code, text, wanted = FOUND[case]
    uses = linked(GLOSSARY, code).uses(text)
    assert "|".join(text[start:end] for start, end, name in uses if name) == wanted


def test_longer_words_win_whatever_their_order() -> None:
    for names in (["ab", "abc", "b"], ["b", "abc", "ab"]):
        words = Words({name: name for name in names}, plural=False)
        assert [name for _, _, name in words.uses("abc ab b xb")] == ["abc", "ab", "b"]


RUNNING = {
    "paragraphs, lists, cells, emphasis": "<p>[量化]</p><ul><li>[a]<strong>[b]</strong></li></ul><table><td>[c]</td></table>",
    "headings": "<h1>量化</h1><h3 id='x'>量化<a class='headerlink'>#</a></h3>[x]",
    "links": "[a]<a href='x'>量化<em>量化</em></a>[b]",
    "code": "<code>量化</code><pre><span>量化</span></pre><kbd>K</kbd>[x]",
    "formulas": '<span class="formula">量化</span>[x]<div class="formula"><span>量化</span></div>',
    "figures": "<figure><svg><text>量化</text></svg><figcaption>量化</figcaption></figure>[x]",
    "quotations": "<blockquote><p>量化</p></blockquote>[x]",
    "the article's words": '<div class="admonition received"><p>量化</p></div><div class="admonition correction">[x]</div>',
    "the title of a box": '<p class="admonition-title">朱批</p>[x]',
    "tables' heads": "<table><thead><tr><td>量化</td></tr></thead><tr><th>量化</th><td>[x]</td></tr></table>",
    "controls": "<label>量化</label><button>量化</button><select><option>量化</option></select><input value='a'>[x]",
    "folds": "<details><summary>量化</summary>[x]</details>",
    "a calculator": '<div class="calculator"><p>量化</p></div>[x]',
    "comments and references": "<!-- 量化 -->[x]&amp;[y]<br>[z]<img alt='量化'/>",
    "scripts": "<script>if (a < b) 量化</script>[x]",
    "a tag left open": "<p>[x]<blockquote>量化</p>[y]",
    "words in quotation marks": '<p>[a]「量化<b>量化</b>」[b]“量化”[c]"量化 「量化"[d]</p>',
    "a quotation mark in code": '<p>[a]<code>"</code>[b]</p>',
    "a quotation mark that is left open": "<p>[a]「量化</p><p>[b]</p>",
    "lines": "<p>[a\nb]<em>[c]</em></p>\n<h2>量化\n量化</h2>\n<p>[d]</p>",
}


@pytest.mark.parametrize("case", RUNNING)
def test_running_text(case: str) -> None:
    marked = RUNNING[case]
    html = re.sub(r"[\[\]]", "", marked)
    spans = [html[start:end] for start, end in running(html, NONE)]
    assert [text for text in spans if text.strip()] == re.findall(r"\[([^\]]*)\]", marked)


def test_sections_left_out() -> None:
    html = "<p>a</p><h2 id='short'>s</h2><p>b</p><h3 id='x'>x</h3><p>c</p><h2 id='shorter'>t</h2><p>d</p>"
    assert [html[start:end] for start, end in running(html, re.compile("short"))] == ["a", "d"]


def test_only_the_first_use_in_running_text() -> None:
    html = "<h2>量化</h2><p>先<code>量化</code>，再量化，反量化，量化。</p>"
    uses = first_uses(html, linked(GLOSSARY, "zh"), NONE)
    assert {name: html[start - 1 : end + 1] for name, (start, end) in uses.items()} == {
        "quantization": "再量化，",
        "dequantization": "，反量化，",
    }


TOGETHER = {
    "量化": "@",
    "先量化，再（量化）": "先{@，}再（量化）",
    "（量化）。再": "{（@）。}再",
    "「量化": "{「@}",
    "量化 ，": "@ ，",
    "量化（后": "@（后",
    "量化's，x": "{@'s，}x",
    "量化&amp;": "@&amp;",
    "量化<b>。</b>": "@<b>。</b>",
}


@pytest.mark.parametrize("html", TOGETHER)
def test_marks_stay_with_their_term(html: str) -> None:
    at = html.index("量化")
    made = hook.with_terms(html, {"quantization": (at, at + 2)}, []).partition("\n")[0]
    made = re.sub(r"<button [^>]*>量化</button>", "@", made)
    made = re.sub(r'<span class="together">(.*?)</span>', r"{\1}", made)
    assert made == TOGETHER[html]


def test_common_terms_give_way() -> None:
    terms = {term.id: term for term in GLOSSARY.terms()}
    uses = {"token": (0, 1), "prefill": (2, 3), "runtime": (4, 5), "qat": (6, 7)}
    assert list(hook.chosen(uses, terms, 4)) == ["token", "prefill", "runtime", "qat"]
    assert list(hook.chosen(uses, terms, 2)) == ["prefill", "runtime"]


def test_a_definition() -> None:
    (cache,) = (term for term in GLOSSARY.terms() if term.id == "kv-cache")
    assert hook.definition(cache, "zh", "../glossary/") == (
        '<div popover id="term-kv-cache" class="definition"><p><strong>KV Cache</strong> KV</p>'
        '<p id="term-kv-cache-is">kv-cache.</p><p><a href="../glossary/#kv-cache">术语表</a></p></div>'
    )
    (prefill,) = (term for term in GLOSSARY.terms() if term.id == "prefill")
    assert '<strong>prefill</strong> <span lang="zh">预填充</span>' in hook.definition(prefill, "en", "")


def test_the_definitions_stand_before_what_is_quoted() -> None:
    html = '<p>量化</p>\n<h2 data-search-exclude id="q12">Q</h2><p>量化</p>'
    made = hook.with_terms(html, {"quantization": (3, 5)}, ["<div>D</div>"])
    assert made == (
        '<p><button type="button" class="term" popovertarget="term-quantization"'
        ' aria-describedby="term-quantization-is">量化</button></p>\n'
        '\n<section class="definitions" data-search-exclude>\n<div>D</div>\n</section>\n'
        '<h2 data-search-exclude id="q12">Q</h2><p>量化</p>'
    )


BOTH = (
    '<h2 id="as-received">一</h2><p>量化</p><h2 id="short">二</h2><p>运行时</p><h2 id="in-depth">三</h2><p>预填充</p>'
)
PAGES: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "a question that is not written": ("zh/q/1.md", {"written": False}, ["quantization", "prefill"]),
    "a written one, whose correction folds": ("zh/q/1.md", {"written": True}, ["prefill"]),
    "a page on which a word means something else": ("zh/q/1.md", {"unlinked": ["quantization"]}, ["prefill"]),
    "a topic": ("zh/topics/a.md", {}, ["quantization", "prefill"]),
    "a calculator": ("zh/calc/a.md", {}, ["quantization", "prefill"]),
    "another language": ("en/q/1.md", {}, []),
}


def page_of(place: str, meta: dict[str, Any]) -> str:
    page = hook.TermPage(place, "../../glossary/", bool(meta.get("written")), frozenset(meta.get("unlinked", ())))
    return hook.linked_page(BOTH, GLOSSARY, page)


@pytest.mark.parametrize("case", PAGES)
def test_pages(case: str) -> None:
    place, meta, wanted = PAGES[case]
    html = page_of(place, meta)
    assert re.findall(r'popovertarget="term-([\w-]+)"', html) == wanted
    assert (html == BOTH) is (not wanted)


def test_a_page_that_leaves_out_what_is_no_term() -> None:
    with pytest.raises(RefusedError) as refused:
        page_of("zh/q/1.md", {"unlinked": ["pruning", "quantization"]})
    assert str(refused.value) == "docs/zh/q/1.md:1: 'unlinked' names ['pruning']; accepted: ids of glossary.yml"
