"""What is planned with a person, and who carries how much."""
