"""The support plan: goals, actions, appointments, warnings, and who stands by whom."""
