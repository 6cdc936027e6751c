"""Writes of this package. Each is one transaction and audits itself."""
