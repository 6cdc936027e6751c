"""Linking whole files, and learning weights from them.

A file is read in its standard form, compared by Splink, judged by the guards of
`care.matching`, and only then joined up. Nothing here touches the register.
"""
