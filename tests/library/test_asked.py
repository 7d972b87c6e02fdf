"""Words that only ask, before a name and behind it, are not part of the name."""

import pytest

from bot.library.normal import asked, normal


@pytest.mark.parametrize(
    "question",
    [
        "Qin Gang?",
        "who is Qin Gang",
        "Who's Qin Gang?",
        "tell me about Qin Gang please",
        "Tell me about Qin Gang, thanks.",
        "what about Qin Gang",
        "and what about Qin Gang now?",
        "do you have anything on Qin Gang",
        "do you know anything about Qin Gang?",
        "could you tell us about Qin Gang",
        "brief me on Qin Gang",
        "the latest on Qin Gang",
        "background on Qin Gang",
        "where is Qin Gang today",
        "what does Qin Gang stand for",
    ],
)
def test_what_only_asks_is_left_out(question: str) -> None:
    assert asked(normal(question)) == "qin gang"


@pytest.mark.parametrize("words", ["please", "the", "who", "now", "qin gang", "thank you", "he lifeng"])
def test_what_would_leave_nothing_stays(words: str) -> None:
    assert asked(words) == words
