"""Telling a person what has happened: words, drafts, and what became of each."""
