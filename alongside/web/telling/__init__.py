"""Telling people what has happened: the list, one update, the letter."""
