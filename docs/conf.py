"""How Sphinx makes the site: `make docs`."""

import sys
from pathlib import Path

from cloud_backup import __version__

sys.path.insert(0, str(Path(__file__).parent))  # for directives and http_reference

project = "Rackspace Cloud Backup"
release = __version__
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "directives",
    "http_reference",
]
exclude_patterns = ["*.py"]
# What docstrings have in backquotes is a link if it is a name of ours, and code otherwise.
default_role = "py:obj"
# Pygments doesn't highlight a command of two lines.
suppress_warnings = ["misc.highlighting_failure"]

myst_heading_anchors = 3

add_module_names = False
autodoc_default_options = {
    "members": True,
    "exclude-members": "ESSENTIAL, FIELDS, SECRET, usual",
    "inherited-members": "View, Mapping, dict, int, str, Enum, BaseException, object",
    "member-order": "bysource",
}
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_display_short_literal_types = True
napoleon_use_ivar = True
napoleon_use_rtype = False

html_theme = "furo"
html_title = f"Cloud Backup {release}"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
