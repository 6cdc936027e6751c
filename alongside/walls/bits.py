"""What an access row may open, and what stands between it and a reader.

Sets of bits, here because the policies are made from them. Facets say which parts of
a case an agency may see; compartments are walls inside an agency, which only those
cleared for them pass; duties say what a role is there for. The numbers are stored:
add, never renumber.
"""

FACETS: dict[str, int] = {
    "identity": 1,  # names, date of birth, language
    "contact": 2,  # contact points, their safety, what was tried
    "crime": 4,  # what happened, and its events
    "risk": 8,  # grounds, tier
    "support": 16,  # the case itself: who holds it, what is next, its history
    "notes": 32,
    "journey": 64,  # clocks
    "protected": 128,  # what the vault holds
}
EVERY_FACET = sum(FACETS.values())

COMPARTMENTS: dict[str, int] = {
    "police_blind": 1,
    "sexual_violence": 2,
    "child": 4,
    "police_employee": 8,
    "high_profile": 16,
    "restricted": 32,  # processing restricted at the person's wish
}
EVERY_COMPARTMENT = sum(COMPARTMENTS.values())

# What a role is there for, in the same mask as its clearance: the walls ask it where
# belonging to the agency is not reason enough.
DUTIES: dict[str, int] = {
    "agency_cases": 64,  # works with the cases its agency holds or is shown
    "register": 128,  # decides who is one person; in the area's service only
    "feeds": 256,  # sends or receives what a force sends
}
