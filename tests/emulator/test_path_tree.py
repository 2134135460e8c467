"""Finding paths: as a list of regular expressions would, literal parts first."""

import re

from hypothesis import given
from hypothesis import strategies as st

from cloud_backup_emulator.path_tree import PathTree

PARTS = st.sampled_from(["a", "b", "{x}", "{y}"])
TEMPLATES = st.lists(
    st.lists(PARTS, max_size=4).map(lambda parts: "/" + "/".join(parts)), max_size=6
)
PATHS = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)


@given(templates=TEMPLATES, path=PATHS)
def test_a_path_is_found_where_a_template_matches(templates: list[str], path: str) -> None:
    tree = PathTree[str]()
    for template in templates:
        tree.add(template, template)
    matching = [
        template
        for template in templates
        if re.fullmatch(re.sub(r"\{[xy]\}", "[^/]+", template), path)
    ]

    found = tree.find(path)

    assert (found is None) == (not matching)
    if found is not None:
        template, parameters = found
        assert template in matching
        for name, value in parameters.items():
            assert f"{{{name}}}" in template
            assert value in path.split("/")


def test_literal_parts_go_before_parameters() -> None:
    tree = PathTree[int]()
    tree.add("/agent/{id}", 1)
    tree.add("/agent/enable", 2)
    tree.add("/{tenant}/agent/{id}", 3)

    assert tree.find("/agent/enable") == (2, {})
    assert tree.find("/agent/7") == (1, {"id": "7"})
    assert tree.find("/agent/agent/7") == (3, {"tenant": "agent", "id": "7"})
    assert tree.find("/agent/") is None
