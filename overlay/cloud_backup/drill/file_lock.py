"""A lock on an open file, which ends with the process that holds it, however that ends."""

import sys

__all__ = ["lock"]

if sys.platform == "win32":
    import msvcrt
    import os

    _FAR_AWAY = 1 << 40
    """Where nothing is written: what is locked there can't be read by others."""

    def lock(descriptor: int) -> bool:
        """Lock a file for this descriptor alone; say whether that worked."""
        os.lseek(descriptor, _FAR_AWAY, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def lock(descriptor: int) -> bool:
        """Lock a file for this descriptor alone; say whether that worked."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
