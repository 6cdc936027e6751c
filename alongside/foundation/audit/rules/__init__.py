"""Decisions about the trail: what a seal says, and whether the trail is whole."""
