"""Writes of this package. Each is one transaction and audits itself."""

from alongside.care.assessment.operations.grounds import add_grounds, end_grounds

__all__ = ["add_grounds", "end_grounds"]
