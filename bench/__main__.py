"""Run every benchmark; exit with 1 if a target is missed."""

import sys

from bench import client, emulator, startup

if __name__ == "__main__":
    missed = 0
    for benchmark in (emulator, client, startup):
        missed |= benchmark.main()
        print()
    sys.exit(missed)
