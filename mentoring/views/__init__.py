"""What each address answers: fetch, ask, call one action, answer."""
