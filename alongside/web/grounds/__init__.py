"""Why a case is owed enhanced support, and what a worker says to it."""
