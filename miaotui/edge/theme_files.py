"""Spares a build the walk through Material's eleven thousand icons, of which it would take none."""

from __future__ import annotations

import os

from jinja2 import BaseLoader, Environment, FileSystemLoader
from mkdocs.theme import Theme


class _Loader(FileSystemLoader):
    """Lists no file in a folder whose name begins with a dot: MkDocs leaves those out once they are listed."""

    def list_templates(self) -> list[str]:
        """The other files of the theme, by their places."""
        found = set[str]()
        for folder in self.searchpath:
            for place, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update(os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/") for name in names)
        return sorted(found)


def without_icons(theme: Theme) -> None:
    """Has the theme list its files so; its templates find an icon all the same."""

    def get_env() -> Environment:
        env = type(theme).get_env(theme)
        loader: BaseLoader | None = env.loader
        if isinstance(loader, FileSystemLoader):
            env.loader = _Loader(loader.searchpath)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]
