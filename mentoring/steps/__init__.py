"""Tables of states, the steps between them, and whose those are.

Pure: actions, pages and tests read the same tables, and people are shown them.
"""
