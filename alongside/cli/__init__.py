"""The `alongside` command: argument parsing and words; work is done further down."""
