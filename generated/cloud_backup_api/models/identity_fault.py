# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import ClassVar

from cloud_backup.wire.view import View


class IdentityFault(View):
    """What went wrong at Identity: one field, named after the kind of error, such as
    `unauthorized`, `badRequest`, `forbidden`, `userDisabled` or `itemNotFound`.
    """

    __slots__ = ()

    FIELDS: ClassVar[tuple[str, ...]] = ()
