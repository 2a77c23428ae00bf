"""The Anki decks of a site of three pages: imported by Anki itself, an older one and a newer one."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from anki.collection import Collection
from anki.models import NotetypeId
from anki.notes import NoteId
from anki.scheduler.v3 import CardAnswer, Scheduler

from miaotui.offline import note_dates
from miaotui.offline.built import online
from miaotui.offline.deck import Kept, dates, deck
from miaotui.offline.unfit import Unfit
from tests.anki_decks import collection, history, notes, take

ADDRESS = "https://miaotui.example/"
MADE = 1_780_000_000
TEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow></mrow><annotation '
    'encoding="application/x-tex">{}</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true">x</span></span>'
)
DISPLAY = f'<div class="formula"><span class="katex-display">{TEX}</span></div>'
QUESTION = f"""<!doctype html><title>1</title><nav><a href="x.html">Menu</a></nav>
<article class="md-content__inner md-typeset">
<header class="question" data-number="1"><p class="question__number" aria-hidden="true">1</p>
<h1 id="question"><span class="visually-hidden">1. </span>Why a &lt; b?</h1>
<ul class="question__facts"><li><span class="question__level" aria-hidden="true">●●○</span> Core</li>
<li><a href="../topics/quantization.html#q1">Quantization</a></li></ul></header>
<details class="as-received"><summary><h2 id="as-received">As received</h2></summary>
<div class="admonition received"><h3 class="admonition-title" id="received">As received</h3><p>It is.</p></div>
<div class="admonition correction"><h3 class="admonition-title" id="correction">Correction</h3>
<blockquote><p>It is.</p></blockquote><p>It is not: <a class="computed" href="../calc/size.html?bits=4&amp;n=2"
title="by the calculator">5 GB</a>.</p></div></details>
<section class="short" aria-labelledby="short"><h2 id="short">Short<a class="headerlink" href="#short">#</a></h2>
<p>As <span class="formula">{TEX.format("a &lt; b")}</span>,
<span class="together"><button type="button" class="term" popovertarget="term-scale"
aria-describedby="term-scale-is">scales</button>,</span> see <a href="#ref-x">X</a>.</p></section>
<p class="question__tools"><button>Known</button></p>
<h2 id="in-depth">In depth<a class="headerlink" href="#in-depth">#</a></h2>
<figure class="figure"><svg role="img" viewBox="0 0 4 4" data-search-exclude=""><defs><path id="f-1-p" d="M0 0"></path>
</defs><g fill="var(--mt-red)" clip-path="url(#f-1-p)"></g></svg><figcaption>Four.</figcaption></figure>
<div class="highlight"><pre><span></span><code tabindex="0"><span class="k">if</span> a <span class="o">&lt;</span> b:
</code></pre></div>
<h2 id="numbers">Numbers</h2>
{DISPLAY.format("x = 1")}
<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table><tr><td style="text-align: right;">1</td></tr>
</table></div></div>
<h2 id="self-check">Self-check</h2>
<ul><li>I know <span class="formula">{TEX.format("s/2")}</span>.</li>
<li>I can tell <code>a</code> from <code>b</code>.</li></ul>
<h2 id="references">References</h2><ul><li><a href="https://arxiv.org/abs/1" id="ref-x">X</a></li></ul>
<section class="definitions"><div class="definition" id="term-scale" popover><p>A scale.</p></div></section>
<nav class="related"><ul><li><a href="2.html">2</a></li></ul></nav></article>"""
UNWRITTEN = """<article><h1 id="question"><span class="visually-hidden">2. </span>What for?</h1>
<ul class="question__facts"><li><span class="question__level">●○○</span></li><li>
<a href="../topics/hardware.html#q2">H</a></li></ul><h2 id="as-received">As received</h2>
<div class="admonition received"><h3 class="admonition-title" id="received">As received</h3><p>For speed.</p></div>
<div class="admonition correction"><h3 class="admonition-title" id="correction">Correction</h3><p>And cost.</p></div>
<aside class="unwritten" id="unwritten"><p>Not yet.</p></aside></article>"""
GLOSSARY = """<article><h1 id="glossary">Glossary</h1><p>The terms.</p>
<h2 id="topic-quantization">Quantization</h2>
<h3 id="scale">scale<a class="headerlink" href="#scale">#</a></h3>
<p class="names"><em class="other" lang="zh">缩放因子</em></p>
<p>What is multiplied.</p><p class="see"><a href="q/1.html">Question 1</a></p>
<h2 id="topic-hardware">Hardware</h2><h3 id="warp">warp</h3><p class="names">束</p><p>32 threads.</p></article>"""
FRONT = "<p>1. Why a &lt; b?</p>"
BACK = (
    "<h2>Short</h2><p>As \\(a &lt; b\\),\nscales, see "
    '<a href="https://miaotui.example/en/q/1/#ref-x">X</a>.</p>'
    '<div class="correction"><h2>Correction</h2><blockquote><p>It is.</p></blockquote><p>It is not: '
    '<a href="https://miaotui.example/en/calc/size/?bits=4&amp;n=2">5 GB</a>.</p></div>'
    '<h2>Numbers</h2><div class="wide">\\[x = 1\\]</div>'
    '<div class="wide"><table><tr><td style="text-align: right;">1</td></tr>\n</table></div>'
)
NO_POINTS = "has no points in its self-check (#self-check + ul > li)"
FETCHED = "has a <img> that a card would fetch; accepted: inline figures"


def site(folder: Path) -> Path:
    """A site of one written question, one that is not, and a glossary, in both languages."""
    for code in ("", "en/"):
        (folder / code / "q").mkdir(parents=True)
        (folder / code / "q/1.html").write_text(QUESTION, encoding="utf-8")
        (folder / code / "q/2.html").write_text(UNWRITTEN, encoding="utf-8")
        (folder / code / "glossary.html").write_text(GLOSSARY, encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def made(root: Path, folder: str = "en/", at: int = MADE) -> bytes:
    known = root / "points.yml"
    if not known.exists():
        known.write_text("zh: {}\nen: {1: {aaaa0001: I know $s/2$., aaaa0002: I can tell `a` from `b`.}}\n", "utf-8")
    since = root / "note_dates.yml"
    if not since.exists():
        since.write_text("zh: {}\nen: {}\n", "utf-8")
    return deck(root, folder, made=at, address=ADDRESS, kept=Kept(known, since))


def date(root: Path, at: int = MADE) -> None:
    """Keeps since when each note says what it says, as before a release."""
    since = root / "note_dates.yml"
    now = dates(root, "en/", made=at, address=ADDRESS, kept=Kept(root / "points.yml", since))
    since.write_text(note_dates.text_of({"zh": {}, "en": now}), "utf-8")


def learn(reader: Collection) -> None:
    """Answers each card of the deck once, as easy: it is due in days."""
    assert isinstance(reader.sched, Scheduler)
    chosen = reader.decks.id_for_name("Miaotui")
    assert chosen
    reader.decks.select(chosen)
    while queued := reader.sched.get_queued_cards().cards:
        card = reader.get_card(queued[0].card.id)
        card.start_timer()
        answer = reader.sched.build_answer(card=card, states=queued[0].states, rating=CardAnswer.EASY)
        reader.sched.answer_card(answer)


def test_the_fields_of_each_kind(tmp_path: Path) -> None:
    with collection(tmp_path) as reader:
        take(reader, tmp_path, made(site(tmp_path / "site")))
        found = notes(reader)
    assert set(found) == {
        *(
            "Miaotui::Questions/question-1",
            "Miaotui::Questions/question-2",
            "Miaotui::Terms/term-scale",
            "Miaotui::Terms/term-warp",
        ),
        *("Miaotui::Self-check/self-check-1-aaaa0001", "Miaotui::Self-check/self-check-1-aaaa0002"),
    }
    question = found["Miaotui::Questions/question-1"]
    assert (question["Front"], question["Back"]) == (FRONT, BACK)
    assert question["Link"] == "https://miaotui.example/en/q/1/"
    assert question["Tags"] == "kind::question level::core topic::quantization"
    unwritten = found["Miaotui::Questions/question-2"]["Back"]
    assert unwritten == (
        '<div class="received"><h2>As received</h2><p>For speed.</p></div>'
        '<div class="correction"><h2>Correction</h2><p>And cost.</p></div>'
    )
    term = found["Miaotui::Terms/term-scale"]
    assert term["Front"] == "<p>scale</p>"
    assert term["Back"] == (
        '<p class="names"><em class="other" lang="zh">缩放因子</em></p><p>What is multiplied.</p>'
        '<p><a href="https://miaotui.example/en/q/1/">Question 1</a></p>'
    )
    assert (term["Link"], term["Tags"]) == (
        "https://miaotui.example/en/glossary/#scale",
        "kind::term topic::quantization",
    )
    assert found["Miaotui::Terms/term-warp"]["Tags"] == "kind::term topic::hardware"


def test_a_point_that_the_page_says_nothing_of_has_the_short_answer_and_says_so(tmp_path: Path) -> None:
    with collection(tmp_path) as reader:
        take(reader, tmp_path, made(site(tmp_path / "site")))
        point = notes(reader)["Miaotui::Self-check/self-check-1-aaaa0001"]
    assert point["Front"] == '<p class="of">Self-check · 1. Why a &lt; b?</p><p>I know \\(s/2\\).</p>'
    assert point["Link"] == "https://miaotui.example/en/q/1/#self-check"
    assert point["Tags"] == "kind::self-check level::core topic::quantization"
    assert point["Back"].startswith('<p class="of">No passage of the page has ')
    assert point["Back"].endswith(BACK.partition('<div class="correction">')[0].removeprefix("<p>"))


def test_a_point_has_what_the_page_says_of_it_alone(tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    added = (
        "<p><strong>Halves.</strong> An error is at most \\(s/2\\).</p><p>So it is halved.</p>"
        "<p><strong>Others.</strong> Nothing of it.</p>"
        "<ul><li><strong>Telling</strong>: <code>a</code> differs from <code>b</code> by one.</li></ul>"
        '<h2 id="follow-ups">Follow-ups</h2><details class="follow-up"><summary>Why a?</summary><p>For b.</p></details>'
        '<h2 id="numbers">'
    )
    edit(root / "en/q/1.html", '<h2 id="numbers">', added)
    with collection(tmp_path) as reader:
        take(reader, tmp_path, made(root))
        found = notes(reader)
    first = found["Miaotui::Self-check/self-check-1-aaaa0001"]["Back"]
    assert "<h2>In depth</h2><p><strong>Halves.</strong>" in first
    assert first.endswith("</p></details>") and "<details><summary>Short</summary>" in first
    assert "So it is halved." in first and "Others" not in first and "differs" not in first and "Numbers" not in first
    second = found["Miaotui::Self-check/self-check-1-aaaa0002"]["Back"]
    assert "Halves" not in second


def test_cards_that_a_reader_has_in_one_deck_stay_there_and_new_ones_go_to_their_kind(tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    with collection(tmp_path) as reader:
        take(reader, tmp_path, made(root))
        # Earlier editions had one deck of all kinds.
        before = reader.decks.id_for_name("Miaotui")
        assert before
        reader.set_deck(reader.find_cards(""), before)
        edit(root / "en/q/1.html", "<ul><li>I know ", "<ul><li>I can count to ten.</li><li>I know ")
        edit(root / "en/q/1.html", "It is not:", "It is not so:")
        take(reader, tmp_path, made(root, at=MADE + 60))
        after = notes(reader)
    assert sorted(place.split("/")[0] for place in after) == ["Miaotui"] * 6 + ["Miaotui::Self-check"]
    assert "It is not so:" in after["Miaotui/question-1"]["Back"]


def test_a_newer_deck_updates_each_card_and_doubles_none(tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    with collection(tmp_path) as reader:
        assert len(take(reader, tmp_path, made(root)).new) == 6
        before = notes(reader)
        learn(reader)
        histories = {place: history(reader, note["Id"]) for place, note in before.items()}
        assert all(len(reviews) == 1 for *_, reviews in histories.values()), "each card was answered once"

        edit(root / "en/q/1.html", "It is not:", "It is not so:")
        edit(root / "en/q/1.html", "<ul><li>I know ", "<ul><li>I can count to ten.</li><li>I still know ")
        edit(root / "en/glossary.html", "32 threads.", "32 threads in step.")
        told = take(reader, tmp_path, made(root, at=MADE + 60))
        after = notes(reader)
        assert {place: history(reader, after[place]["Id"]) for place in before} == histories
    assert (len(told.new), len(told.updated), len(after)) == (1, 6, 7)
    assert {place: note["Id"] for place, note in after.items() if place in before} == {
        place: note["Id"] for place, note in before.items()
    }
    assert "It is not so:" in after["Miaotui::Questions/question-1"]["Back"]
    assert after["Miaotui::Self-check/self-check-1-aaaa0001"]["Front"].endswith("<p>I still know \\(s/2\\).</p>")
    assert after["Miaotui::Self-check/self-check-1-aaaa0002"] == before["Miaotui::Self-check/self-check-1-aaaa0002"]
    assert "32 threads in step." in after["Miaotui::Terms/term-warp"]["Back"]
    (new,) = after.keys() - before.keys()
    assert after[new]["Front"].endswith("<p>I can count to ten.</p>")


def test_a_later_deck_leaves_what_a_reader_wrote_into_a_note_that_it_has_not_changed(tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    later = int(time.time()) + 10**6
    with collection(tmp_path) as reader:
        take(reader, tmp_path, made(root))
        date(root)
        for place, note in notes(reader).items():
            mine = reader.get_note(NoteId(int(note["Id"])))
            mine["Back"] += f"my own: {place}"
            reader.update_note(mine)
        kind = reader.models.get(NotetypeId(1376204917))
        assert kind
        kind["css"] += ".mine {}"
        reader.models.update_dict(kind)
        before = notes(reader)
        assert not take(reader, tmp_path, made(root, at=later)).updated
        assert notes(reader) == before
        edit(root / "en/glossary.html", "32 threads.", "32 threads in step.")
        assert len(take(reader, tmp_path, made(root, at=later)).updated) == 1
        after = notes(reader)
        kept = reader.models.get(NotetypeId(1376204917))
        assert kept and kept["css"].endswith(".mine {}")
    assert {place for place in after if after[place] != before[place]} == {"Miaotui::Terms/term-warp"}


def test_a_deck_of_a_site_without_an_address_has_the_same_notes_without_links(tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    made(root)
    date(root)
    kept = Kept(root / "points.yml", root / "note_dates.yml")
    since = dates(root, "en/", made=MADE + 60, address="", kept=kept)
    # What a note says is the same wherever the site is, so no reader's note is taken for changed.
    assert {seconds for _, seconds in since.values()} == {MADE}
    with collection(tmp_path) as reader:
        take(reader, tmp_path, deck(root, "en/", made=MADE, address="", kept=kept))
        found = notes(reader)
        cards = "".join(reader.get_card(number).answer() for number in reader.find_cards(""))
        told = "".join(one["desc"] for one in reader.decks.all())
    question = found["Miaotui::Questions/question-1"]
    assert question["Link"] == "" and "It is not: 5 GB.</p>" in question["Back"]
    assert "<a " not in cards and "miaotui." not in cards + told
    assert "without the address of its site" in told


def test_a_note_s_date_is_kept_until_it_says_something_else() -> None:
    known = {"a": ("1", 5), "b": ("2", 5), "gone": ("3", 5)}
    assert note_dates.dated(known, {"a": "1", "b": "x", "new": "y"}, 9) == {
        "a": ("1", 5),
        "b": ("x", 9),
        "new": ("y", 9),
    }


@pytest.mark.parametrize("text", ["zh: {a: 1}\n", "zh: []\n", "[\n", "zh: {}\n", "zh: {}\nen: {}\nfr: {}\n"])
def test_dates_that_cannot_be_read_are_told(text: str, tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    (root / "note_dates.yml").write_text(text, "utf-8")
    with pytest.raises(Unfit, match=r"note_dates.yml:\d: "):
        made(root)


def test_an_older_deck_takes_nothing_back(tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    older = made(root)
    edit(root / "en/q/2.html", "And cost.", "And cost, too.")
    with collection(tmp_path) as reader:
        take(reader, tmp_path, made(root, at=MADE + 60))
        before = notes(reader)
        take(reader, tmp_path, older)
        assert notes(reader) == before


def test_the_decks_of_both_languages_live_side_by_side(tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    with collection(tmp_path) as reader:
        for folder in ("", "en/", "", "en/"):
            take(reader, tmp_path, made(root, folder))
        found = notes(reader)
        kinds = {model.name for model in reader.models.all_names_and_ids()}
    assert [sum(place.startswith(name) for place in found) for name in ("秒推::", "Miaotui::")] == [6, 6]
    assert {"秒推", "Miaotui"} <= kinds
    assert found["秒推::题目/question-1"]["Link"] == "https://miaotui.example/q/1/"


def test_what_a_reader_has_learnt_hangs_on_stays_for_ever(tmp_path: Path) -> None:
    """Written down here a second time: with other numbers, fields or guids every card would be a new one to Anki."""
    with collection(tmp_path) as reader:
        for folder in ("", "en/"):
            take(reader, tmp_path, made(site(tmp_path / (folder or "zh/")), folder))
        models = {model.id: model.name for model in reader.models.all_names_and_ids()}
        types = [reader.models.get(NotetypeId(number)) for number in (1811650628, 1376204917)]
        fields = [reader.models.field_names(kind) for kind in types if kind]
        guids = {place: reader.get_note(NoteId(int(note["Id"]))).guid for place, note in notes(reader).items()}
    assert (models[1811650628], models[1376204917]) == ("秒推", "Miaotui")
    assert fields == [["Front", "Back", "Link", "Key"]] * 2
    assert guids.items() > {
        ("秒推::题目/question-1", "QEuMf_^|M&"),
        ("秒推::术语/term-scale", "fU@Vq{Rwa>"),
        ("Miaotui::Questions/question-1", "icf$vU)7t$"),
        ("Miaotui::Self-check/self-check-1-aaaa0001", "t+UiZju7=u"),
        ("Miaotui::Terms/term-scale", "NkQlz-*Fa5"),
    }


def test_the_same_bytes_whenever_and_wherever_it_is_made(tmp_path: Path) -> None:
    code = "import sys, test_deck as t; sys.stdout.buffer.write(t.made(t.site(t.Path(sys.argv[1])), sys.argv[2]))"
    here = Path(__file__)
    packages = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}", "PYTHONPATH": ":".join(sys.path)}
        command = [sys.executable, "-c", code, str(tmp_path / seed), "en/"]
        done = subprocess.run(command, cwd=here.parent, env=environment, capture_output=True, check=True)
        packages.add(done.stdout)
    (package,) = packages
    with zipfile.ZipFile(io.BytesIO(package)) as bundle:
        assert [entry.date_time for entry in bundle.infolist()] == [(1980, 1, 1, 0, 0, 0)] * 2


@pytest.mark.parametrize(
    ("page", "old", "new", "told"),
    [
        ("q/1.html", 'id="short"', "", "has no 60-second answer (#short), which its card needs"),
        ("q/1.html", "question__level", "x", "has no level (.question__level), which its card needs"),
        ("q/1.html", "●●○", "Core", "has a level (.question__level) that is not ●○○, ●●○ or ●●●"),
        ("q/1.html", "../topics/", "../", 'has no topic (.question__facts a[href*="topics/"]), which its card needs'),
        ("q/1.html", "<h1", "<h4", "has no title (h1), which its card needs"),
        ("q/1.html", "<ul><li>I know", "<ul></ul><ul><li>I know", NO_POINTS),
        ("q/1.html", "<figcaption>", '<img src="a.png"><figcaption>', FETCHED),
        ("q/2.html", "admonition received", "x", "has no words of the article (.received), which its card needs"),
        ("q/2.html", "<article>", "<main>", "has no <article>, which every page of the site has"),
        ("glossary.html", "<p>32 threads.</p>", "", "has no definition of its term #warp"),
    ],
)  # fmt: skip
def test_a_page_that_lacks_what_a_card_needs_is_named(page: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    root = site(tmp_path)
    edit(root / "en" / page, old, new)
    with pytest.raises(Unfit) as refused:
        made(root)
    assert str(refused.value) == f"en/{page} {told}"


def test_a_page_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "en/glossary.html").unlink()
    with pytest.raises(Unfit, match=r"^en/glossary\.html cannot be read \(No such file or directory\)$"):
        made(root)
    (root / "q/2.html").write_bytes(b"\xff")
    with pytest.raises(Unfit, match=r"^q/2\.html cannot be read \(it is not UTF-8\)$"):
        made(root, "")
    for file in (root / "q").iterdir():
        file.unlink()
    with pytest.raises(Unfit, match=r"^q/ has no question's page$"):
        made(root, "")


def test_points_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "points.yml").write_text("zh: {\n", encoding="utf-8")
    with pytest.raises(Unfit, match=r"points\.yml:\d+: no YAML"):
        made(root)


@pytest.mark.parametrize(
    ("href", "page", "address"),
    [
        ("", "https://a.example/q/12.html", "https://a.example/q/12/"),
        ("#short", "https://a.example/en/q/12.html", "https://a.example/en/q/12/#short"),
        ("../calc/kv.html?a=1&b=2#c", "https://a.example/en/q/12.html", "https://a.example/en/calc/kv/?a=1&b=2#c"),
        ("../calc/index.html", "https://a.example/q/12.html", "https://a.example/calc/"),
        ("../index.html", "https://a.example/bank/q/12.html", "https://a.example/bank/"),
        ("../figures/a.svg", "https://a.example/q/12.html", "https://a.example/figures/a.svg"),
        ("https://b.example/x.html", "https://a.example/q/12.html", "https://b.example/x.html"),
    ],
)
def test_links_lead_to_the_published_site(href: str, page: str, address: str) -> None:
    assert online(href, page) == address
