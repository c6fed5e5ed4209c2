"""What lists can be narrowed by, kept in the URL."""
