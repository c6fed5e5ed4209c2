"""What the tests stand on: databases, a browser, the cast, and no network."""
