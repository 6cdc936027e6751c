"""The steps by which a piece of a delivery becomes people, cases and clocks."""
