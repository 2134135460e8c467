"""What holds for all tests."""

from hypothesis import settings

# A slow machine is no failure, and a failure comes again when the same commit is run again.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")
