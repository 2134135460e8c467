"""What holds for all tests."""

import os

from hypothesis import settings

# A slow machine is no failure, and a failure comes again when the same commit is run again.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")

# No test asks the keyring of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
