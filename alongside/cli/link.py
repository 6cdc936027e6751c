"""`alongside link`: who is one person, over all that is held."""

from alongside.cli import link_bulk, link_propose, link_rekey, link_train
from alongside.cli.arguments import Subparsers

ACTIONS = (link_train, link_bulk, link_propose, link_rekey)


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line, with what each of its parts adds."""
    command = subparsers.add_parser("link", help="who is one person")
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    for action in ACTIONS:
        action.register(actions)
