"""schemathesis' command, which also tells how much of the document it put to the test.

Usage: python -m tests.contract.keyword_coverage run [OPTION ...] DOCUMENT
"""

import tracecov.schemathesis
from schemathesis.cli import schemathesis

if __name__ == "__main__":
    tracecov.schemathesis.install()
    schemathesis()
