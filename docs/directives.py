"""What the site says of public names and of commands, by the code itself."""

import inspect
import re
import textwrap
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from typing import Any, Final

import click
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from cloud_backup.commandline.options.groups import shared_options
from cloud_backup.commandline.root import cloud_backup

LOGGER: Final = getLogger(__name__)

PUBLIC: Final = (
    "cloud_backup",
    "cloud_backup.drill",
    "cloud_backup.drill.manifest",
    "cloud_backup.drill.reports",
    "cloud_backup_emulator",
)
"""The modules whose `__all__` is what anybody may use."""

STAR: Final = re.compile(r"\*(?=(?:[^`]*`[^`]*`)*[^`]*$)")
"""An asterisk outside of backquotes: it is one, and no emphasis."""


class PublicNames(SphinxDirective):
    """Describes a module and all its public names, or those alone that some modules define."""

    required_arguments = 1
    optional_arguments = 20

    def run(self) -> list[nodes.Node]:
        """Have autodoc describe each."""
        module, *homes = self.arguments
        public = import_module(module)
        lines = [f".. py:currentmodule:: {module}", ""]
        if not homes:
            lines += [*code_marked(inspect.cleandoc(public.__doc__ or "").splitlines()), ""]
        for name in sorted(public.__all__, key=lambda each: each.startswith("Async")):
            value = getattr(public, name)
            if not homes or value.__module__.startswith(tuple(homes)):
                kind = "function" if inspect.isfunction(value) else "data"
                if isinstance(value, type):
                    kind = "exception" if issubclass(value, BaseException) else "class"
                lines.append(f".. auto{kind}:: {module}.{name}")
                lines += ["   :show-inheritance:", ""] if kind == "exception" else [""]
        return self.parse_text_to_nodes("\n".join(lines))


class Commands(SphinxDirective):
    """Describes `cloud-backup` and all its commands."""

    def run(self) -> list[nodes.Node]:
        """Make a section of each."""
        lines = list(
            _described(cloud_backup, click.Context(cloud_backup, info_name="cloud-backup"))
        )
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


def _described(command: click.Command, context: click.Context) -> Iterator[str]:
    """Describe a command and those below it, in reStructuredText."""
    depth = context.command_path.count(" ")
    yield from (context.command_path, "-~^"[depth] * len(context.command_path), "")
    yield from _block(" ".join([context.command_path, *command.collect_usage_pieces(context)]))
    told = f"{inspect.cleandoc(command.help or '')}\n\n{'' if depth else command.epilog}"
    for part in told.split("\n\n"):
        if part.startswith("\b\n"):
            _, title, *rest = part.splitlines()
            yield from (title, "", *_block(textwrap.dedent("\n".join(rest))))
        else:
            yield from (_escaped(part), "")
    shared = {each.name for each in shared_options()} if depth else set[str | None]()
    records = [
        record
        for parameter in command.get_params(context)
        if parameter.name not in {*shared, "help"} and not getattr(parameter, "hidden", False)
        if (record := parameter.get_help_record(context))
    ]
    for option, text in records:
        yield from (f"``{option}``", f"    {_escaped(text)}", "")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from _described(below, click.Context(below, context, name))


def _block(text: str) -> Iterator[str]:
    yield from (".. code-block:: text", "", *(f"   {line}" for line in text.splitlines()), "")


def _escaped(text: str) -> str:
    return re.sub(r"([\\*|_])", r"\\\1", text)


def code_marked(lines: list[str]) -> list[str]:
    """Make an indented block, which is Markdown's code, one of reStructuredText's.

    Args:
        lines: A docstring, indented as the module's would be.

    Returns:
        The same with directives.
    """
    marked = list[str]()
    is_code = False
    for line in lines:
        is_code = is_code and (not line or line.startswith("    "))
        before = next(filter(None, reversed(marked)), "")
        if line == "Example:":
            marked += [".. rubric:: Example", "", ".. code-block:: python", ""]
            is_code = True
            continue
        if line.startswith("    ") and marked and not marked[-1] and before[:1] not in ("", " "):
            language = "python" if re.search(r"[=(]|import ", line) else "text"
            marked += [] if is_code else [f".. code-block:: {language}", ""]
            is_code = True
        marked.append(line if is_code else STAR.sub(r"\*", line))
    return marked


def _mark_code(
    _app: Sphinx, _kind: str, _name: str, _value: object, _options: object, lines: list[str]
) -> None:
    lines[:] = code_marked(lines)


def _offer(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Offer a Markdown file of the repository's root for download: it is no page of the site."""
    source[0] = re.sub(r"\[([^\]]+)\]\((\.\./[^)#]+\.md)[^)]*\)", r"{download}`\1 <\2>`", source[0])


def _hide_connection(
    _app: Sphinx,
    kind: str,
    _name: str,
    _value: object,
    _options: object,
    signature: str | None,
    returns: str | None,
) -> tuple[str | None, str | None]:
    """Leave out how a client makes its groups."""
    if kind == "class" and signature and signature.startswith("(connection"):
        return "", returns
    return signature, returns


def _keep_members(
    _app: Sphinx,
    _kind: str,
    _name: str,
    value: object,
    _skip: bool,  # noqa: FBT001 - Sphinx's
    _options: object,
) -> bool | None:
    """Have the members of enumerations described, which need no docstring."""
    return False if isinstance(value, Enum) else None


def _check_names(app: Sphinx, failed: Exception | None) -> None:
    """Warn of each public name that the reference lacks."""
    if failed or app.builder.name != "html":
        return
    described = {name for name, *_ in app.env.domains.python_domain.get_objects()}
    for module in PUBLIC:
        for name in import_module(module).__all__:
            if f"{module}.{name}" not in described:
                LOGGER.warning("the reference lacks %s.%s", module, name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add what is ours to Sphinx."""
    app.add_directive("public-names", PublicNames)
    app.add_directive("commands", Commands)
    app.connect("source-read", _offer)
    # Before napoleon, which reads the sections.
    app.connect("autodoc-process-docstring", _mark_code, priority=400)
    app.connect("autodoc-process-signature", _hide_connection)
    app.connect("autodoc-skip-member", _keep_members)
    app.connect("build-finished", _check_names)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
