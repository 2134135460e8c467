# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""A client library for accessing Rackspace Cloud Backup API"""

from .client import AuthenticatedClient, Client

__all__ = ("AuthenticatedClient", "Client")

CONTRACT_VERSION = "1.0"
