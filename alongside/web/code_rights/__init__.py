"""Pages about rights of the Code: in one case, and across cases."""
