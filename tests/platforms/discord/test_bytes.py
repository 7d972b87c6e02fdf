"""Chinese text fills a Components V2 message by its bytes before it fills it by its characters."""

import pytest

from bot.platforms.discord.render import messages
from bot.reply import Outcome, Paragraph, Reply, text
from tests.wire.discord.payloads import check_message


@pytest.mark.parametrize("characters", [3_000, 3_370, 3_390, 3_600, 3_990, 5_000, 20_000])
@pytest.mark.parametrize("style", ["auto", "components", "embed"])
def test_no_chinese_answer_is_more_than_discord_takes(characters: int, style: str) -> None:
    reply = Reply((Paragraph(text("布" * characters)),), "布林肯", Outcome.MATCH)
    drawn = messages(reply, style)  # type: ignore[arg-type]  # the parametrised styles are those of the signature
    assert [check_message(message.payload(), interaction=True) for message in drawn] == [[]] * len(drawn)
    assert sum(str(message.payload()).count("布") for message in drawn) == characters
