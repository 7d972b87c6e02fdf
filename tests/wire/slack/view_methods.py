"""views.*: Home tabs and modals; and blocks.validate.

https://docs.slack.dev/reference/methods/views.publish and its neighbours. What is wrong inside a view is
"invalid_arguments" here, not "invalid_blocks" as in chat.*.
"""

from typing import TYPE_CHECKING, Any

from tests.wire.slack.checks import check_message, check_view
from tests.wire.slack.describe import as_view
from tests.wire.slack.workspace import SlackError

if TYPE_CHECKING:
    from tests.wire.slack.server import SlackServer

Args = dict[str, Any]


def _checked_view(slack: "SlackServer", method: str, args: Args, kind: str) -> Args:
    view = args.get("view")
    if view is None:
        raise SlackError("invalid_arguments", ("missing required field: view [json-pointer:]",))
    slack.refuse(method, check_view(view))
    if not isinstance(view, dict) or view.get("type") != kind:
        raise SlackError("invalid_arguments", (f"must be a view of type {kind} [json-pointer:/view/type]",))
    return view


async def views_publish(slack: "SlackServer", args: Args) -> Args:
    """Show a person their Home tab."""
    user = args.get("user_id")
    if user not in slack.workspace.users:
        raise SlackError("user_not_found")
    if not slack.workspace.home_enabled:
        raise SlackError("not_enabled")
    payload = _checked_view(slack, "views.publish", args, "home")
    old = slack.workspace.homes.get(user)
    if args.get("hash") and (old is None or old.hash != args["hash"]):
        raise SlackError("hash_conflict")
    view = slack.workspace.view(payload, user, old)
    slack.workspace.homes[user] = view
    for answer in reversed(slack.workspace.answers):
        if answer.user == user:
            answer.saw(view)
            break
    return {"view": as_view(slack.workspace, view)}


async def views_open(slack: "SlackServer", args: Args) -> Args:
    """Open a modal for whoever the trigger_id belongs to."""
    payload = _checked_view(slack, "views.open", args, "modal")
    trigger = slack.workspace.exchange(args.get("trigger_id"))
    view = slack.workspace.view(payload, trigger.user)
    slack.workspace.modals[view.id] = view
    trigger.answer.saw(view)
    return {"view": as_view(slack.workspace, view)}


async def views_update(slack: "SlackServer", args: Args) -> Args:
    """Change an open modal."""
    payload = _checked_view(slack, "views.update", args, "modal")
    named = [
        each
        for each in slack.workspace.modals.values()
        if not each.closed
        and (
            each.id == args.get("view_id")
            or each.payload.get("external_id", "") == (args.get("external_id") or object())
        )
    ]
    if not named:
        raise SlackError("not_found")
    if args.get("hash") and named[0].hash != args["hash"]:
        raise SlackError("hash_conflict")
    view = slack.workspace.view(payload, named[0].user, named[0])
    for answer in reversed(slack.workspace.answers):
        if answer.user == view.user:
            answer.saw(view)
            break
    return {"view": as_view(slack.workspace, view)}


async def blocks_validate(slack: "SlackServer", args: Args) -> Args:
    """Check blocks, a view or a message; no token, and neither a missing text nor totals are looked at."""
    given = [name for name in ("blocks", "view", "message") if args.get(name) is not None]
    if len(given) != 1:
        raise SlackError("invalid_arguments", ("send exactly one of blocks, view, message [json-pointer:]",))
    if given == ["view"]:
        slack.refuse("blocks.validate", check_view(args["view"]))
    else:
        message = {"text": "-", "blocks": args["blocks"]} if given == ["blocks"] else {"text": "-", **args["message"]}
        slack.refuse("blocks.validate", check_message(message, "response_url"))
    return {}
