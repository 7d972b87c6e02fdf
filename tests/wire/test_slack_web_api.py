"""The loopback Slack's Web API and response_url, driven with the unpatched slack_sdk."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.wire.slack import Answer, SlackServer
from tests.wire.slack.bare import bare_app, bare_client, over_sockets

KEY = {"event_type": "briefbot_digest", "event_payload": {"k": "2026-10-16", "p": 1}}


async def code(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_who_am_i(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["team_id"], answer["bot_id"]) == ("UBOT", "T1", "BBOT")


async def test_tokens(slack: SlackServer, client: AsyncWebClient) -> None:
    assert await code(client.auth_test(token="xoxb-other")) == "invalid_auth"
    assert await code(client.auth_test(token=slack.app_token)) == "not_allowed_token_type"
    assert await code(client.apps_connections_open(app_token=slack.bot_token)) == "not_allowed_token_type"
    assert await code(bare_client(slack, token=None).auth_test()) == "not_authed"
    assert await code(client.api_call("chat.shout")) == "unknown_method"
    assert all("token" not in call.args for call in slack.calls)


async def test_a_revoked_token_ends_everything(slack: SlackServer, client: AsyncWebClient) -> None:
    async with over_sockets(slack, bare_app(slack)):
        await slack.revoke_token()
        assert slack.sockets.count == 0
        assert await code(client.auth_test()) == "token_revoked"
        assert await code(client.apps_connections_open(app_token=slack.app_token)) == "token_revoked"
        assert (await slack.command("/brief")).error == "dispatch_failed"


async def test_json_and_form_bodies_are_read_alike(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    where = f"{slack.base_url}chat.postMessage"
    blocks = '[{"type": "divider"}]'
    form = {"channel": "C1", "text": "x", "blocks": blocks, "unfurl_links": "false"}
    async with session.post(where, data=form, headers=headers) as answer:
        assert (await answer.json())["ok"]
    json_body = {"channel": "C1", "text": "x", "blocks": [{"type": "divider"}], "unfurl_links": False}
    async with session.post(where, json=json_body, headers=headers) as answer:
        assert (await answer.json())["ok"]
    async with session.post(where, data={**form, "token": slack.bot_token}) as answer:
        assert (await answer.json())["ok"]
    async with session.post(where, data={**form, "blocks": "[{"}, headers=headers) as answer:
        assert (await answer.json())["error"] == "invalid_blocks_format"
    async with session.post(where, data=b"{", headers={**headers, "Content-Type": "application/json"}) as answer:
        assert (await answer.json())["error"] == "invalid_json"
    assert [call.args for call in slack.calls[:3]] == [json_body] * 3


async def test_post_change_delete_and_link(slack: SlackServer, client: AsyncWebClient) -> None:
    section = {"type": "section", "text": {"type": "plain_text", "text": "first"}}
    posted = await client.chat_postMessage(channel="#general", text="one", blocks=[section], unfurl_media=False)
    ts = posted["ts"]
    message = slack.messages[0]
    assert (message.channel, message.ts, message.text) == ("C1", ts, "one")
    assert posted["message"]["blocks"][0]["block_id"]
    assert (await client.chat_getPermalink(channel="C1", message_ts=ts))["permalink"].endswith(ts.replace(".", ""))
    await client.chat_update(channel="C1", ts=ts, text="two")
    assert (message.text, message.visible(), len(message.versions)) == ("two", "first", 1)
    await client.chat_update(channel="C1", ts=ts, text="three", blocks=[])
    assert message.visible() == "three"
    assert await code(client.chat_update(channel="C1", ts=ts, text="x" * 4001)) == "msg_too_long"
    await client.chat_delete(channel="C1", ts=ts)
    assert message.deleted
    assert await code(client.chat_delete(channel="C1", ts=ts)) == "message_not_found"


async def test_messages_of_others_cannot_be_changed(slack: SlackServer, client: AsyncWebClient) -> None:
    answer = await slack.mention("hello", settle=0)
    ts = answer.event_ts or ""
    assert await code(client.chat_update(channel="C1", ts=ts, text="x")) == "cant_update_message"
    assert await code(client.chat_delete(channel="C1", ts=ts)) == "cant_delete_message"


async def test_ephemeral_messages_are_for_one_person_and_cannot_be_changed(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    posted = await client.chat_postEphemeral(channel="C1", user="U2", text="psst", metadata=KEY)
    assert slack.messages[0].ephemeral_to == "U2"
    assert slack.messages[0].metadata is None
    assert await code(client.chat_update(channel="C1", ts=posted["message_ts"], text="x")) == "message_not_found"
    assert await code(client.chat_postEphemeral(channel="C1", user="U404", text="x")) == "user_not_in_channel"
    assert (await client.conversations_history(channel="C1"))["messages"] == []


async def test_channels_that_refuse(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.add_channel("C3", "away", is_member=False)
    slack.add_channel("C4", "hidden", is_member=False, is_private=True)
    slack.add_channel("C5", "old", is_archived=True)
    slack.add_channel("C6", "announcements", post_error="restricted_action")
    expected = {
        "C404": "channel_not_found",
        "C3": "not_in_channel",
        "C4": "channel_not_found",
        "C5": "is_archived",
        "C6": "restricted_action",
    }
    for channel, error in expected.items():
        assert await code(client.chat_postMessage(channel=channel, text="x")) == error
    assert await code(client.conversations_history(channel="C3")) == "not_in_channel"
    assert (await client.conversations_info(channel="C5"))["channel"]["is_archived"]
    assert slack.messages == []


async def test_what_is_wrong_is_said_with_a_pointer(slack: SlackServer, client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C1", text="x", blocks=blocks)
    said = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert refused.value.response["error"] == "invalid_blocks"
    assert refused.value.response["errors"] == [said]
    assert refused.value.response["response_metadata"]["messages"] == [f"[ERROR] {said}"]
    assert [(via, str(reason)) for via, reason in slack.refusals] == [("chat.postMessage", said)]


async def test_history_keeps_metadata_only_when_asked(slack: SlackServer, client: AsyncWebClient) -> None:
    first = await client.chat_postMessage(channel="C1", text="one", metadata=KEY)
    await client.chat_postMessage(channel="C1", text="reply", thread_ts=first["ts"])
    await client.chat_postMessage(channel="C2", text="elsewhere")
    last = await client.chat_postMessage(channel="C1", text="two")
    plain = await client.conversations_history(channel="C1")
    assert [each["text"] for each in plain["messages"]] == ["two", "one"]
    assert plain["messages"][1]["metadata"] == {"event_type": "briefbot_digest"}
    full = await client.conversations_history(channel="C1", include_all_metadata=True, limit=15, oldest="0")
    assert full["messages"][1]["metadata"] == KEY
    newer = await client.conversations_history(channel="C1", oldest=first["ts"])
    assert [each["ts"] for each in newer["messages"]] == [last["ts"]]
    page = await client.conversations_history(channel="C1", limit=1)
    assert (len(page["messages"]), page["has_more"]) == (1, True)
    thread = await client.conversations_replies(channel="C1", ts=first["ts"])
    assert [each["text"] for each in thread["messages"]] == ["one", "reply"]
    assert await code(client.conversations_history(channel="C1", limit=0)) == "invalid_limit"


async def test_people(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.add_user("U7", "guest", is_restricted=True, team_id="T2")
    person = (await client.users_info(user="U2", include_locale=True))["user"]
    assert (person["tz"], person["locale"], person["is_admin"]) == ("Asia/Shanghai", "zh-CN", False)
    guest = (await client.users_info(user="U7"))["user"]
    assert (guest["is_restricted"], guest["team_id"], "locale" in guest) == (True, "T2", False)
    assert await code(client.users_info(user="U404")) == "user_not_found"
    opened = await client.conversations_open(users="U2")
    await client.chat_postMessage(channel=opened["channel"]["id"], text="to you")
    await client.chat_postMessage(channel="U2", text="to you too")
    assert {each.channel for each in slack.messages} == {"DU2"}


async def test_home_tabs(slack: SlackServer, client: AsyncWebClient) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    first = (await client.views_publish(user_id="U1", view=view))["view"]
    second = (await client.views_publish(user_id="U1", view=view, hash=first["hash"]))["view"]
    assert second["id"] == first["id"]
    assert await code(client.views_publish(user_id="U1", view=view, hash=first["hash"])) == "hash_conflict"
    wrong = {"type": "home", "blocks": [{"type": "shout"}]}
    assert await code(client.views_publish(user_id="U1", view=wrong)) == "invalid_arguments"
    assert await code(client.views_publish(user_id="U404", view=view)) == "user_not_found"
    slack.workspace.home_enabled = False
    assert await code(client.views_publish(user_id="U1", view=view)) == "not_enabled"


async def test_a_trigger_expires(slack: SlackServer, client: AsyncWebClient) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}
    trigger_id = slack.workspace.trigger(Answer("U1"))
    slack.workspace.triggers[trigger_id].made -= 4
    assert await code(client.views_open(trigger_id=trigger_id, view=view)) == "expired_trigger_id"
    opened = (await client.views_open(trigger_id=slack.workspace.trigger(Answer("U1")), view=view))["view"]
    update = {**view, "title": {"type": "plain_text", "text": "y"}}
    assert (await client.views_update(view_id=opened["id"], view=update))["view"]["title"]["text"] == "y"
    assert await code(client.views_update(view_id=opened["id"], view=view, hash=opened["hash"])) == "hash_conflict"
    assert await code(client.views_update(view_id="V404", view=view)) == "not_found"


async def test_blocks_can_be_validated_without_a_token(slack: SlackServer) -> None:
    client = bare_client(slack, token=None)
    assert (await client.api_call("blocks.validate", json={"blocks": [{"type": "divider"}]}))["ok"]
    assert await code(client.api_call("blocks.validate", json={"blocks": [{"type": "shout"}]})) == "invalid_blocks"
    assert await code(client.api_call("blocks.validate", json={})) == "invalid_arguments"
