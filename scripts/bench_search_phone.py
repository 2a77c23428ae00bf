"""How long the search takes on a phone: slow 4G, a processor four times slower, nothing fetched before.

Times are those of the clock, and say little on a busy machine: the load is printed beside them.
"""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Page

from miaotui.offline.browser import started
from scripts.bench_lighthouse import served

LATENCY = 150
"""Milliseconds."""
BYTES = 1_600_000 / 8
"""A second."""
SLOWER = 4
VISITS = 5
SENTENCES = {
    "": (
        "显存不足怎么办",
        "首字变慢了怎么查",
        "长上下文的 KV Cache 放不下",
        "怎么把浮点数变成整数",
        "两张卡怎么切模型",
    ),
    "en/": (
        "how do I cut memory",
        "first token got slow",
        "the cache does not fit",
        "turn floats into integers",
        "two GPUs",
    ),
}

# Milliseconds from a paste to the first result of it, and to the last word on it.
PASTE = """words => new Promise(told => {
  const field = document.querySelector("input[name=query]")
  const result = document.querySelector(".md-search-result")
  const list = result.querySelector(".md-search-result__list")
  const before = list.firstElementChild
  const start = performance.now()
  let first
  const watch = new MutationObserver(() => {
    if (list.firstElementChild && list.firstElementChild !== before) first ??= performance.now() - start
    if (first === undefined || result.hasAttribute("aria-busy")) return
    watch.disconnect()
    told([first, performance.now() - start])
  })
  watch.observe(result, { attributes: true, childList: true, subtree: true })
  field.focus()
  field.value = words
  field.dispatchEvent(new InputEvent("input", { bubbles: true }))
})"""


def slowed(page: Page) -> None:
    """Makes the page's network and processor those of a phone."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    limits = {"latency": LATENCY, "downloadThroughput": BYTES, "uploadThroughput": BYTES / 2}
    session.send("Network.emulateNetworkConditions", {"offline": False, **limits})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def visit(chrome: Browser, address: str, sentences: tuple[str, ...]) -> list[list[float]]:
    """For each sentence, one after the other, when its first result and its last one came."""
    context = chrome.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    slowed(page)
    told = [page.evaluate(PASTE, words) for words in sentences]
    context.close()
    return told


def bench_search_phone(site: Path) -> None:
    """Prints when the first result of a first search comes, and of the next ones."""
    with started() as chrome, served(site) as address:
        for folder, sentences in SENTENCES.items():
            turns = [sentences[at:] + sentences[:at] for at in range(VISITS)]
            told = [visit(chrome, address + folder, turn) for turn in turns]
            cold = median(one[0][0] for one in told)
            whole = median(one[0][1] for one in told)
            late = quantiles((first for one in told for first, _ in one[1:]), n=20)[-1]
            print(
                f"search on a phone: /{folder} the first result after {cold / 1e3:.1f} s, all of it after "
                f"{whole / 1e3:.1f} s; of next queries after {late:.0f} ms at the 95th percentile "
                f"(load {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors)"
            )
