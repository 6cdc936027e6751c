"""The worker's pages: the list, the case, the person, and what is done there."""
