"""Changes of the register's own state, one verb each."""
