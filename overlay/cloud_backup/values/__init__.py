"""What the service answers, as small immutable values: one module a concept.

Each is made from the generated model, which stays at hand as `raw`. A field without which a value
is of no use is never None; where the service leaves it out, `UnexpectedAnswer` says so. Any other
field is None if the service says nothing, or nothing that can be read.
"""
