"""What people fill in; every rule is kept by the actions, forms only help."""
