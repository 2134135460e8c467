"""The command `cloud-backup`: the whole client from a shell.

It takes the extra `cli`. `root` is the command itself, `invocation` what every command is given,
and each noun has a module of its own, which is imported only when it is asked for.
"""
