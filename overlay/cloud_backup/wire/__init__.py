"""How values travel: what generated code is built on. It imports nothing else of ours."""
