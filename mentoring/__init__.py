"""The programme: who is helped by whom, and what happened to results; the root."""
