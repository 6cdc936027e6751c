"""What casework does: open cases for what arrives, and work them."""
