"""Opening cases in an emergency, declaring conflicts, and walls inside an agency."""
