"""What MkDocs is told beyond mkdocs.yml: the words of each language, the titles of topics, the learning paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from miaotui.bank import paths, topics
from miaotui.bank.paths import LearningPath
from miaotui.bank.topics import Topic
from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ARTICLES
from miaotui.base.problem import RefusedError
from miaotui.base.words import Words, words

Listed = tuple[Sequence[Topic], Sequence[LearningPath]]


def listed() -> Listed:
    """The topics and the paths.

    Raises RefusedError with everything that is wrong with topics.yml.
    """
    file = ARTICLES / "topics.yml"
    found, problems = topics.parse(file.read_text(encoding="utf-8"), str(file))
    ways, faults = paths.read(file, [topic.slug for topic in found])
    if problems or faults:
        raise RefusedError([*problems, *faults])
    return found, ways


def path_list(code: str, contents: Listed) -> list[dict[str, Any]]:
    """The paths as the templates and learning_paths.py read them."""
    slugs = [topic.slug for topic in contents[0] if topic.questions]
    return [
        {"id": path.id, "name": path.said(code).name, "why": path.said(code).why, "slugs": path.order(slugs)}
        for path in contents[1]
    ]


def extra(code: str, said: Words, contents: Listed) -> dict[str, Any]:
    """What a language's templates read as `config.extra`."""
    more = {"path_list": path_list(code, contents), "downloads": said.downloads, "words": said.scripts}
    more["stays"] = said.stays
    more["practice"] = {"practice": said.practice, "hour": said.hour, "mock": said.mock, "levels": said.page["level"]}
    return {**said.page, "home": said.home, "list": said.list, "sheet": said.sheet, "not_found": said.not_found, **more}


def translations(first: Words, said: Words, code: str, contents: Listed) -> dict[str, str]:
    """The title in this language of each title of the navigation, which stands in the first one."""
    sections = zip(first.navigation.model_dump().values(), said.navigation.model_dump().values(), strict=True)
    return {**{topic.titles[LANGUAGES[0].code]: topic.titles[code] for topic in contents[0]}, **dict(sections)}


def put(config: MkDocsConfig) -> None:
    """Puts the words in.

    Raises RefusedError with everything that is wrong with them, or with topics.yml.
    """
    words.cache_clear()
    contents, first = listed(), words(LANGUAGES[0].code)
    said = {language.code: words(language.code) for language in LANGUAGES}
    config.site_name, config.site_description = first.site.name, first.site.description
    config.copyright = first.site.copyright
    for option, name in zip(config.theme["palette"], first.site.palette, strict=True):
        option["toggle"]["name"] = name
    i18n: Any = config.plugins["i18n"]
    for language in i18n.config.languages:
        mine = said[language.locale]
        language.name, language.extra = mine.site.language, extra(language.locale, mine, contents)
        language.site_name, language.site_description = mine.site.name, mine.site.description
        language.copyright = mine.site.copyright
        language.theme = {"palette": [{"toggle": {"name": name}} for name in mine.site.palette]}
        language.nav_translations = translations(first, mine, language.locale, contents)
