"""Instruments: questions, how answers are scored, and what a score asks for."""
