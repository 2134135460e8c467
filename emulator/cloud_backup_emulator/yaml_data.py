"""Reads YAML, safely."""

import json
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml

__all__ = ["read_foreign_yaml", "read_yaml"]

# libyaml's loader is faster, if PyYAML has it. Both create only plain values.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST: Final = 50
"""How deeply lists and objects may nest."""

MOST_BY_ALIAS: Final = 1_000_000
"""How many values aliases may expand to."""


def read_yaml(place: Traversable) -> Any:
    """Read a trusted YAML file into plain values."""
    return yaml.load(place.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe one


def read_foreign_yaml(place: Traversable) -> Any:
    """Read an untrusted YAML file into JSON values.

    Raises:
        OSError: It can't be read.
        ValueError: It isn't YAML in UTF-8, repeats a key, has values that JSON lacks, or nests or
            expands aliases so far that it would exhaust memory; the message says where.
    """
    text = place.read_text(encoding="utf-8")
    try:
        # JSON is YAML too, and reading it as JSON takes a hundredth of the time.
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()  # raises for a lone surrogate
    except (ValueError, RecursionError):
        value = _checked_yaml(text)
    _check_values(value)
    return value


def _checked_yaml(text: str) -> Any:
    try:
        _Structure().check(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe one
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(made := dict(pairs)) != len(pairs):
        raise ValueError("duplicate key")
    return made


def _no_constant(name: str) -> None:
    raise ValueError(name)


@dataclass
class _Open:
    """A list or an object that hasn't ended yet."""

    anchor: str | None
    is_object: bool
    size: int = 1
    keys: set[str] = field(default_factory=set)
    at_key: bool = True


class _Structure:
    """Rejects YAML that would exhaust memory or stack when loaded, and duplicate keys."""

    def __init__(self) -> None:
        self._within: list[_Open] = []
        self._sizes: dict[str | None, int] = {}
        self._by_alias = 0

    def check(self, text: str) -> None:
        """Check a YAML text.

        Raises:
            ValueError: It is rejected; the message names the line.
            yaml.YAMLError: It isn't YAML.
        """
        line = 1
        try:
            for event in yaml.parse(text, Loader=_Loader):
                line = event.start_mark.line + 1 if event.start_mark else line
                self._take(event)
        except ValueError as error:
            raise ValueError(f"line {line}: {error}") from None

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            self._within.append(_Open(event.anchor, isinstance(event, yaml.MappingStartEvent)))
            if len(self._within) > DEEPEST:
                raise ValueError(f"nested more than {DEEPEST} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self._within.pop()
            self._sizes[closed.anchor] = closed.size
            self._add(event, closed.size)
        elif isinstance(event, yaml.AliasEvent):
            self._add(event, self._stands_for(event.anchor))
        elif isinstance(event, yaml.ScalarEvent):
            self._sizes[event.anchor] = 1
            self._add(event, 1)

    def _stands_for(self, anchor: str | None) -> int:
        if any(node.anchor == anchor for node in self._within):
            raise ValueError(f"*{anchor} contains itself")
        size = self._sizes.get(anchor, 1)
        self._by_alias += size
        if self._by_alias > MOST_BY_ALIAS:
            raise ValueError(f"aliases expand to more than {MOST_BY_ALIAS:,} values")
        return size

    def _add(self, event: Any, size: int) -> None:
        """Add a value to its parent."""
        if not self._within:
            return
        parent = self._within[-1]
        parent.size += size
        if parent.is_object:
            if parent.at_key and isinstance(event, yaml.ScalarEvent) and event.value != "<<":
                if event.value in parent.keys:
                    raise ValueError(f"duplicate key {event.value!r}")
                parent.keys.add(event.value)
            parent.at_key = not parent.at_key


_PLAIN: Final = {str, int, float, bool, type(None)}


def _check_values(value: Any, *place: str | int) -> None:
    """Reject what JSON lacks, such as dates and numeric keys."""
    if len(place) > DEEPEST:
        raise ValueError(f"nested more than {DEEPEST} levels deep")
    if isinstance(value, dict):
        for key, item in value.items():
            if type(key) is not str:
                raise ValueError(f"{_where(place)}: the key {key} isn't a string; quote it")
            _check_values(item, *place, key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check_values(item, *place, index)
    elif type(value) not in _PLAIN:
        raise ValueError(f"{_where(place)}: {value!s:.40} isn't a string; quote it")


def _where(place: tuple[str | int, ...]) -> str:
    return "/".join(map(str, place)) or "top level"
