"""Decisions about signing in. No database, no clock, no settings."""
