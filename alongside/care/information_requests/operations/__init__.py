"""Writing down requests, preparing, deciding and sending what answers them."""
