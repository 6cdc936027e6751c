"""How two records are compared, and what is done about it. No database, no clock."""
