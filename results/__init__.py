"""Published figures, and the arithmetic and pictures made from figures alone."""
