"""The public names of the Python packages against those last released: what `make check-api` runs.

`released_api.txt` has them with their signatures, by griffe, which also finds what breaks a caller
of a newer one; what types may become is compared here. A breaking change needs a new major version.

Usage: python contract/check_api.py [--released FILE] [--write]
"""

import argparse
import ast
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import griffe

ROOT: Final = Path(__file__).resolve().parent.parent
RELEASED: Final = Path(__file__).with_name("released_api.txt")
FOLDERS: Final = [str(ROOT / name) for name in ("overlay", "generated", "emulator")]
GROUPS: Final = ("activity", "agents", "backups", "configurations", "restores")
PUBLIC: Final = (
    "cloud_backup",
    "cloud_backup.drill",
    "cloud_backup.drill.manifest",
    "cloud_backup.drill.reports",
    "cloud_backup_emulator",
)
"""The modules whose `__all__` is what anybody may use."""

INTERNAL: Final = {"ESSENTIAL", "FIELDS", "SECRET", "are_usual", "usual"}
"""What an answer's class says to those that make it."""


def current(folders: Sequence[str] = FOLDERS) -> str:
    """Write all public names with their signatures, as a stub.

    Args:
        folders: Where the packages are.
    """
    loader = griffe.GriffeLoader(search_paths=list(folders))
    for package in ("cloud_backup", "cloud_backup_api", "cloud_backup_emulator"):
        loader.load(package)
    loader.resolve_aliases(implicit=True, external=False)
    modules = loader.modules_collection
    lines = [f'version = "{_version()}"']
    for module in PUBLIC:
        lines.append(f"class {module.rpartition('.')[2]}:")
        for name in sorted(_names(modules[module])):
            lines += _written(name, modules[module].members[name], "    ")
    lines.append("class groups:")
    for half in ("_sync", "_async"):
        for group in GROUPS:
            for name, member in modules[f"cloud_backup.{half}.{group}"].members.items():
                if name.removeprefix("Async").lower() in (group, "activities"):
                    lines += _written(name, member, "    ")
    lines += _written("CallOptions", modules["cloud_backup.wire.operation.CallOptions"], "    ")
    return "\n".join(lines) + "\n"


def _version() -> str:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def _names(module: Any) -> set[str]:
    """Name what a module exports; that of `cloud_backup` is what its stub imports."""
    if module.path != "cloud_backup":
        return set(map(str, module.exports))
    stub = ast.parse(module.filepath.with_suffix(".pyi").read_text(encoding="utf-8"))
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in imports for alias in node.names}


def _written(name: str, member: Any, indent: str) -> Iterator[str]:
    """Write a name, and those within it."""
    target = member.final_target if member.is_alias else member
    if target.is_module:  # a function that is called like the module that defines it
        target = target.members[name]
    if target.is_class:
        bases = ", ".join(str(base).rpartition(".")[2].split("[")[0] for base in target.bases)
        yield f"{indent}class {name}({bases}):"
        inner = [
            line
            for each, found in sorted(target.all_members.items())
            if each == "__init__" or not each.startswith("_")
            if not found.is_module and each not in INTERNAL
            for line in _written(each, found, indent + "    ")
        ]
        yield from inner or [f"{indent}    ..."]
    elif target.is_function:
        for label in {"classmethod", "staticmethod"} & target.labels:
            yield f"{indent}@{label}"
        kind = "async def" if "async" in target.labels else "def"
        returns = f" -> {target.returns}" if target.returns else ""
        yield f"{indent}{kind} {name}({_parameters(target)}){returns}: ..."
    elif target.annotation is not None:
        yield f"{indent}{name}: {target.annotation}"
    else:
        yield f"{indent}{name} = ..."


def _parameters(function: Any) -> str:
    """Write the parameters of a function."""
    written, kinds = list[str](), griffe.ParameterKind
    starred = False
    for each in function.parameters:
        prefix = {kinds.var_positional: "*", kinds.var_keyword: "**"}.get(each.kind, "")
        if each.kind is kinds.keyword_only and not starred:
            written.append("*")
        starred = starred or each.kind in (kinds.keyword_only, kinds.var_positional)
        annotation = f": {each.annotation}" if each.annotation is not None else ""
        default = "" if each.default is None or prefix else f" = {each.default}"
        written.append(f"{prefix}{each.name}{annotation}{default}")
        if each.kind is kinds.positional_only:
            written = [part for part in written if part != "/"] + ["/"]
    return ", ".join(written)


def breaking(released: str, now: str) -> list[str]:
    """Return what breaks a caller, a line each.

    Args:
        released: The stub that was released.
        now: The one of today.
    """
    old, new = (griffe.visit("api", Path("api.pyi"), text) for text in (released, now))
    found = {
        f"{each.obj.path.removeprefix('api.')}: {each.kind.value}"
        for each in griffe.find_breaking_changes(old, new)
    }
    return sorted({*found, *_other_types(old, new)})


def _other_types(old: Any, new: Any) -> Iterator[str]:
    """Say which types no longer hold: arguments that take less, answers that may be more."""
    for name, before in old.members.items():
        now = new.members.get(name)
        if now is None or now.kind is not before.kind:
            continue
        path = before.path.removeprefix("api.")
        if before.is_class:
            yield from _other_types(before, now)
        elif before.is_function:
            if not _types(now.returns) <= _types(before.returns):
                yield f"{path}: returns {now.returns}, not {before.returns}"
            if before.labels & {"async"} != now.labels & {"async"}:
                yield f"{path}: is awaited or not, unlike before"
            there = {each.name: each for each in now.parameters}
            for each in before.parameters:
                after = there.get(each.name)
                if after is not None and not _types(each.annotation) <= _types(after.annotation):
                    yield f"{path}({each.name}): takes {after.annotation}, not {each.annotation}"
        elif before.annotation is not None and not _types(now.annotation) <= _types(
            before.annotation
        ):
            yield f"{path}: is {now.annotation}, not {before.annotation}"


def _types(annotation: Any) -> set[str]:
    """Take a union apart."""
    node = ast.parse(str(annotation), mode="eval").body
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = ast.parse(node.value, mode="eval").body
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _types(ast.unparse(node.left)) | _types(ast.unparse(node.right))
    return {ast.unparse(node)}


def _major(stub: str) -> int:
    """Return the major version of a stub; before 1.0, its minor version."""
    major, minor, *_ = map(int, stub.split('"')[1].split("."))
    return major * 1000 + (minor if major == 0 else 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 if nothing breaks, or the major version rose."""
    parser = argparse.ArgumentParser(description="Find breaking changes of the public names.")
    parser.add_argument("--released", type=Path, default=RELEASED, metavar="FILE")
    parser.add_argument("--write", action="store_true", help="write today's: at a release")
    options = parser.parse_args(arguments)
    now = current()
    if options.write:
        options.released.write_text(now, encoding="utf-8")
        return 0
    released = options.released.read_text(encoding="utf-8")
    found = breaking(released, now)
    for each in found:
        print(each)
    if found and _major(now) <= _major(released):
        sys.stderr.write(
            f"{len(found)} breaking changes: undo them, or raise the major of the version\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
