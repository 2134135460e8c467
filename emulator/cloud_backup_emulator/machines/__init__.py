"""Machines: folders of this computer whose real files emulated agents back up and restore."""
