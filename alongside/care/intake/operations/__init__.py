"""What intake does: receive deliveries, keep their rows, settle holds."""
