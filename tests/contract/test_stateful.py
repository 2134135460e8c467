"""Calls that follow the links of `openapi.yaml`, at random: schemathesis' state machine."""

from hypothesis import settings
from schemathesis.generation import GenerationMode

from .document import EMULATOR, load

# Chains of calls are longer where none is meant to be refused.
SCHEMA = load([GenerationMode.POSITIVE])


class Links(SCHEMA.as_state_machine()):  # type: ignore[misc]  # made at run time
    """Calls that follow links, each time in a world of its own."""

    def setup(self) -> None:
        EMULATOR.reset()


TestLinks = Links.TestCase
TestLinks.settings = settings(
    max_examples=100,
    stateful_step_count=8,
    deadline=None,
)
