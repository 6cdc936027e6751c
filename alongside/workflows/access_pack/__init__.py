"""From rows as they are held to passages that a person can read and decide about."""
