"""Runs every test that asks for a `cassette` with each one on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cassette import CASSETTES

if TYPE_CHECKING:
    import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "cassette" in metafunc.fixturenames:
        metafunc.parametrize("cassette", CASSETTES.values(), ids=CASSETTES.keys())
