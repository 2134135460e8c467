"""schemathesis' command, which also tells how much of the document it put to the test.

Usage: python -m tests.contract.keyword_coverage run [OPTION ...] DOCUMENT
"""

from importlib import import_module

from schemathesis.cli import schemathesis

if __name__ == "__main__":
    # By name, since it is not there where the types are checked: `make contract` alone installs it.
    import_module("tracecov.schemathesis").install()
    schemathesis()
