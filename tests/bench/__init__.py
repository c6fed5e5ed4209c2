"""How fast, as multiples of the least that the same work could cost.

Each figure is measured beside its control in one run, in turns, so that a machine that
slows down slows both. `python -m tests.bench` prints the table.
"""
