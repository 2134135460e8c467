"""The command `cloud-backup`: the whole client from a shell. It takes the extra `cli`.

`root` is the command itself. It imports from `commands` what is asked for. Commands take `options`,
print by `rendering`, and are each given one `running.invocation`. Imports go that way only.
"""
