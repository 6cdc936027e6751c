"""What the worker's pages show, made from what the workflows read."""
