"""Reading YAML."""

import json
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml

__all__ = ["read_foreign_yaml", "read_yaml"]

# libyaml's reader is the faster one, where PyYAML has it; both make plain values alone.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST: Final = 50
"""How many lists and objects may be within each other."""

MOST_BY_ALIAS: Final = 1_000_000
"""How many values aliases may stand for."""


def read_yaml(place: Traversable) -> Any:
    """Read a file of YAML into plain values."""
    return yaml.load(place.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe one


def read_foreign_yaml(place: Traversable) -> Any:
    """Read a file of YAML that was written by somebody else into values of JSON.

    Raises:
        OSError: It can't be read.
        ValueError: It is no YAML in UTF-8, has a key twice, has values that JSON doesn't know, or
            aliases or depth that would take up all memory; the message says where.
    """
    text = place.read_text(encoding="utf-8")
    try:
        # JSON is YAML that is read in a hundredth of the time.
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()  # no half of a character
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
        raise ValueError("a key is there twice")
    return made


def _no_constant(name: str) -> None:
    raise ValueError(name)


@dataclass
class _Open:
    """A list or an object whose end hasn't come yet."""

    anchor: str | None
    is_object: bool
    size: int = 1
    keys: set[str] = field(default_factory=set)
    at_key: bool = True


class _Structure:
    """Refuses what would take up all memory or stack if it was loaded, and keys that are lost."""

    def __init__(self) -> None:
        self._within: list[_Open] = []
        self._sizes: dict[str | None, int] = {}
        self._by_alias = 0

    def check(self, text: str) -> None:
        """Go through a text of YAML.

        Raises:
            ValueError: It is one of that; the message says in which line.
            yaml.YAMLError: It is no YAML.
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
                raise ValueError(f"more than {DEEPEST} lists and objects within each other")
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
            raise ValueError(f"*{anchor} is within what it stands for")
        size = self._sizes.get(anchor, 1)
        self._by_alias += size
        if self._by_alias > MOST_BY_ALIAS:
            raise ValueError(f"aliases stand for more than {MOST_BY_ALIAS:,} values")
        return size

    def _add(self, event: Any, size: int) -> None:
        """Add a value to what it is in."""
        if not self._within:
            return
        parent = self._within[-1]
        parent.size += size
        if parent.is_object:
            if parent.at_key and isinstance(event, yaml.ScalarEvent) and event.value != "<<":
                if event.value in parent.keys:
                    raise ValueError(f"the key {event.value!r} is there twice")
                parent.keys.add(event.value)
            parent.at_key = not parent.at_key


_PLAIN: Final = {str, int, float, bool, type(None)}


def _check_values(value: Any, *place: str | int) -> None:
    """Refuse what JSON doesn't know, such as dates and keys that are numbers."""
    if len(place) > DEEPEST:
        raise ValueError(f"more than {DEEPEST} lists and objects within each other")
    if isinstance(value, dict):
        for key, item in value.items():
            if type(key) is not str:
                raise ValueError(f"{_where(place)}: the key {key} isn't text; put it in quotes")
            _check_values(item, *place, key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check_values(item, *place, index)
    elif type(value) not in _PLAIN:
        raise ValueError(f"{_where(place)}: {value!s:.40} isn't text; put it in quotes")


def _where(place: tuple[str | int, ...]) -> str:
    return "/".join(map(str, place)) or "the whole"
