"""How each cassette is replayed through the generated client, and what should come of it.

Written by hand from the published examples: that client, specification and cassettes agree with
these values is what is tested.
"""

from typing import Final

from . import activity, agents, backups, configurations, identity, restores, service
from .replay import Replay

__all__ = ["REPLAYS", "Replay"]

REPLAYS: Final[dict[str, Replay]] = {
    **agents.REPLAYS,
    **configurations.REPLAYS,
    **backups.REPLAYS,
    **restores.REPLAYS,
    **activity.REPLAYS,
    **service.REPLAYS,
    **identity.REPLAYS,
}
"""The replay of each cassette, by the cassette's name."""
