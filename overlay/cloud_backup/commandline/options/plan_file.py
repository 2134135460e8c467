"""The plan of a drill, read from a file of YAML, with the line of whatever is wrong in it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cloud_backup.commandline.options.types import read_duration
from cloud_backup.drill import DrillPlan, PlanInvalid
from cloud_backup.drill.errors import Where

if TYPE_CHECKING:
    from yaml import Node

__all__ = ["PLAN", "PlanFile", "read_yaml"]


class PlanFile:
    """A plan, and where in its file each part of it is.

    Args:
        path: The file.

    Attributes:
        path: The file.
        plan: The plan.

    Raises:
        ValueError: It can't be read, or has mistakes; the message has the lines of all of them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        document, self._lines = read_yaml(path)
        try:
            self.plan = DrillPlan.from_dict(document, duration=_duration)
        except PlanInvalid as invalid:
            problems = [(self.line(where), problem) for where, problem in invalid.problems]
            raise ValueError(_told(path, problems)) from None

    def line(self, where: Where) -> int:
        """Say in which line a place is, or what it is missing from."""
        while where not in self._lines:
            where = where[:-1]
        return self._lines[where]


def read_yaml(path: Path) -> tuple[Any, dict[Where, int]]:
    """Read a file of YAML, with the line of each place in it.

    Args:
        path: The file.

    Raises:
        ValueError: It can't be read, has a name twice, or a text with a NUL character; the message
            has the file, and the line if that is known.
    """
    import yaml  # noqa: PLC0415 - it takes its time

    lines: dict[Where, int] = {(): 1}
    problems = []
    try:
        text = path.read_bytes()
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        for where, found in _places((), node, set()):
            line = found.start_mark.line + 1
            if where in lines and where:
                problems.append((line, f"{where[-1]!r} is there twice"))
            lines[where] = line
        document = None if node is None else loader.construct_document(node)
        problems += [
            (token.start_mark.line + 1, "a text can't have a NUL character")
            for token in yaml.scan(text)
            if isinstance(token, yaml.ScalarToken) and "\0" in token.value
        ]
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror or error}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise ValueError(_told(path, [(line, f"{error.problem or error.context}")])) from None
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise ValueError(f"{path}: it is nested too deeply") from None
    except (AttributeError, LookupError, OverflowError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: invalid value: {error}") from None
    if problems:
        raise ValueError(_told(path, problems))
    return document, lines


def _told(path: Path, problems: Iterable[tuple[int, str]]) -> str:
    told = "; ".join(f"line {line}: {problem}" for line, problem in sorted(problems))
    return f"{path}: {told}"


class _Plan(click.ParamType[PlanFile]):
    """A file that has a plan."""

    name = "file"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> PlanFile:
        """Read a plan, and refuse one with mistakes."""
        if isinstance(value, PlanFile):
            return value
        try:
            return PlanFile(Path(value))
        except ValueError as error:
            self.fail(f"{error}", param, ctx)


def _duration(value: Any) -> timedelta:
    # YAML takes 1:30 for a number, so one without a unit is none.
    if not isinstance(value, str):
        raise TypeError("expected something like 90s, 45m, 26h, 7 days or 1h30m")
    return read_duration(value)


def _places(where: Where, node: "Node | None", seen: set[int]) -> "Iterator[tuple[Where, Node]]":
    """Walk through a document: each place with the node that is there, or leads there."""
    from yaml import MappingNode, SequenceNode  # noqa: PLC0415 - it takes its time

    # An alias's target is read once: a small file could nest aliases without end.
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, MappingNode):
        for key, value in node.value:
            here = (*where, str(key.value))
            yield here, key
            yield from _places(here, value, seen)
    elif isinstance(node, SequenceNode):
        for number, value in enumerate(node.value):
            yield (*where, number), value
            yield from _places((*where, number), value, seen)


PLAN: Final = _Plan()
