# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class Datacenter(StrEnum):
    """A data centre of Rackspace's."""

    DFW = "DFW"
    ORD = "ORD"
    IAD = "IAD"
    LON = "LON"
    HKG = "HKG"
    SYD = "SYD"

    def __str__(self) -> str:
        return str(self.value)
