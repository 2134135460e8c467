"""The command `cloud-backup`: the whole client from a shell. It needs the extra `cli`.

`root` is the command itself. It imports each of `commands` on demand. Commands take `options`,
print with `rendering`, and share one `running.invocation`. Imports go in that direction only.
"""
