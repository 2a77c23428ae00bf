"""What a kept page may lack in its key: only what templates read of no other page than their own."""

from __future__ import annotations

import re

from jinja2 import DictLoader, Environment
from mkdocs.theme import Theme

from miaotui.base.paths import THEME
from miaotui.edge import finished
from miaotui.edge.theme_files import without_icons

_READ = re.compile(r"(?P<of>\w+)\.meta\.(?P<name>\w+)|[\"'](?:\d\.)?meta\.(?P<named>\w+)")


def test_templates_read_of_other_pages_only_what_their_keys_have() -> None:
    read = [
        (template.name, found[0])
        for template in THEME.rglob("*.html")
        for found in _READ.finditer(template.read_text(encoding="utf-8"))
        if found["of"] != "page" and (found["name"] or found["named"]) in finished._OWN
    ]
    assert read == []


def test_a_template_leaves_a_page_as_it_was_kept() -> None:
    env = Environment(loader=DictLoader({"page": "{{ build_mark }} made"}), autoescape=True)
    finished.take_kept(env)
    template = env.get_template("page")
    assert finished.with_build(template.render({}), "1.0+a b") == "1.0%2Ba%20b made"
    assert template.render({finished._PAGE: "kept"}) == "kept"


def test_the_theme_has_the_same_files_without_its_icons() -> None:
    theme = Theme("material", static_templates=["404.html"])
    every = theme.get_env().list_templates()
    without_icons(theme)
    env = theme.get_env()
    assert env.list_templates() == [file for file in every if "/." not in f"/{file}"]
    assert env.get_template(".icons/material/timer-outline.svg").render().startswith("<svg")
