"""What a local body takes to the joint review of how the Victims' Code was kept.

The Victims and Prisoners Act 2024, sections 6 to 8 (not in force when this was
written), asks the criminal justice bodies of an area to collect and review, together
with the commissioner, how they keep the Code.
"""
