"""Macros: `offering` them on a ticket, the `plan` of all effects, the `run` and its `undo`, their record."""
