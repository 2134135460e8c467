# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""The operations of api."""
