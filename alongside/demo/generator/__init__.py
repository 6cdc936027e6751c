"""Invented people with the truth about who is who, for benchmarks and demonstrations.

`people.invent` gives records as they might arrive; whoever reads them must find out
whose they are, and `Truth` says whether they were right.
"""
