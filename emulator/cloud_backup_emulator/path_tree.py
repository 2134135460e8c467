"""Matches paths with templates such as `/agent/{machineAgentId}`."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["PathTree"]

T = TypeVar("T")


@dataclass
class _Node(Generic[T]):
    literals: "dict[str, _Node[T]]" = field(default_factory=dict)
    parameters: "list[tuple[str, _Node[T]]]" = field(default_factory=list)
    value: T | None = None


class PathTree(Generic[T]):
    """A map from path templates to values.

    A lookup takes one step per part of the path; a list of regular expressions takes one per
    template.
    """

    def __init__(self) -> None:
        self._root = _Node[T]()

    def add(self, template: str, value: T) -> None:
        """Add a template.

        Args:
            template: A path whose parts may be parameter names in braces.
            value: Its value.
        """
        node = self._root
        for part in template.split("/")[1:]:
            if part.startswith("{"):
                name = part[1:-1]
                found = next((child for own, child in node.parameters if own == name), None)
                if found is None:
                    found = _Node[T]()
                    node.parameters.append((name, found))
                node = found
            else:
                node = node.literals.setdefault(part, _Node[T]())
        node.value = value

    def find(self, path: str) -> tuple[T, dict[str, str]] | None:
        """Look up a path. A literal part takes precedence over a parameter.

        Returns:
            The value and the parameters; None if no template matches.
        """
        return self._find(self._root, path.split("/")[1:], 0)

    def _find(
        self, node: _Node[T], parts: list[str], index: int
    ) -> tuple[T, dict[str, str]] | None:
        if index == len(parts):
            return None if node.value is None else (node.value, {})
        part = parts[index]
        literal = node.literals.get(part)
        if literal is not None and (found := self._find(literal, parts, index + 1)):
            return found
        if part:
            for name, child in node.parameters:
                if found := self._find(child, parts, index + 1):
                    found[1][name] = part
                    return found
        return None
