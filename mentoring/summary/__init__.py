"""Works out what pages read: from results and memberships to figures with words."""
