"""Lists as tables: which columns, in which order, sortable or not."""
