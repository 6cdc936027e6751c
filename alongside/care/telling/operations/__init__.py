"""Drafting what a person is told, and what becomes of it."""
