"""The commands: a module for each noun, which is imported only when it is asked for."""
