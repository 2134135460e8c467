"""Say whether the newest openapi-python-client fits the templates.

It goes into a throw-away virtual environment; nothing of the project is changed.

Usage: python -m tests.generated.newest_generator [VERSION]
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile
import venv
from importlib.metadata import distributions, version
from pathlib import Path

import openapi_python_client
from generate import GENERATOR, GENERATOR_VERSION, OUTPUT, TEMPLATES, differences

GENERATE = "import sys, pathlib, generate as g; g.generate(g.SPEC, pathlib.Path(sys.argv[1]))"


def changes(old: Path, new: Path, names: set[str]) -> list[str]:
    found = []
    for name in sorted(names):
        both = (folder / name for folder in (old, new))
        one, other = (each.read_text().splitlines() if each.exists() else [] for each in both)
        signs = [line[0] for line in list(difflib.unified_diff(one, other, n=0))[2:]]
        if signs:
            found.append(f"  {name}: {signs.count('+')} lines added, {signs.count('-')} removed")
    return found


def main(wanted: str = "") -> str | None:
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python, output = f"{folder}/bin/python", Path(folder, "generated")
        needed = [f"{GENERATOR}{wanted and '=='}{wanted}", f"ruff=={version('ruff')}", "pyyaml"]
        install, env = [python, "-m", "pip", "install", "-q", *needed], os.environ.copy()
        subprocess.run(install, check=True, env=env | {"PIP_CONSTRAINT": ""})
        site = next(Path(folder).glob("lib/python*/site-packages"))
        newest = next(iter(distributions(name=GENERATOR, path=[str(site)]))).version
        if newest == GENERATOR_VERSION:
            sys.stdout.write(f"{GENERATOR} {newest}, which the templates are for, is the newest\n")
            return None
        used = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.jinja")}
        for template in TEMPLATES.rglob("*.jinja"):
            used |= {*re.findall(r'"([\w./]+\.jinja)"', template.read_text("utf-8"))}
        ours = Path(openapi_python_client.__file__).parent / "templates"
        said = changes(ours, site / "openapi_python_client" / "templates", used)
        said = ["Templates that ours override or import have changed:", *said] if said else []
        command, there = [python, "-c", GENERATE, str(output)], TEMPLATES.parent
        env["PYTHONPATH"] = str(there.with_name("overlay"))
        ran = subprocess.run(
            command, cwd=there, env=env, capture_output=True, text=True, check=False
        )
        if ran.returncode:
            said += ["Nothing can be generated:", ran.stderr.rpartition("Error: ")[2].rstrip()]
        elif different := changes(OUTPUT, output, {*differences(OUTPUT, output)}):
            said += ["What is generated differs:", *different]
    result = "no longer fit" if said else "fit; raise GENERATOR_VERSION and the dependency"
    sys.stdout.write(f"{GENERATOR} {newest}: the templates {result}\n")
    return "\n".join(said) or None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
