"""What a page is made of: plain values, each drawn by the template it names.

A `pages.py` builds them from what queries return; a template shows one with
`{% component page.identity %}`. Every text is already words for a reader (dates
written out, counts with their thousands), and is escaped when drawn.
"""
