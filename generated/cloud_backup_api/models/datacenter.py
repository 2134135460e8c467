# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class Datacenter(StrEnum):
    DFW = "DFW"
    HKG = "HKG"
    IAD = "IAD"
    LON = "LON"
    ORD = "ORD"
    SYD = "SYD"

    def __str__(self) -> str:
        return str(self.value)
