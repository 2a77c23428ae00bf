"""The engine as its tests see it: `engine.cache`, `engine.model`, … are its modules, as they stand in the files."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.lab.engine_loading import loaded


@pytest.fixture(scope="session")
def engine() -> SimpleNamespace:
    return loaded()
