"""Statements that the server plans once a connection, and then only carries out."""


class Prepared(str):
    """The text of a statement that is asked again and again.

    Our database backend has the server keep its plan for as long as the connection
    lasts, and its answers come in the binary form. Only for statements whose best
    plan does not hang on the values: to plan costs several times what they do.
    """

    __slots__ = ()
