"""Lists as files: the same rows that a page shows, all of them."""
