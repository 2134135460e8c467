"""Machines: folders of this computer that emulated agents back up and restore for real."""
