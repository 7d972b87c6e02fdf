"""What fingers do to a word is forgiven; what makes it another word or another number is not."""

from bot.library.slips import Vocabulary, distance


def test_letters_may_slip_and_digits_may_not() -> None:
    words = Vocabulary(["2023", "g20", "taiwan", "june"])
    assert words.near("2024") == words.near("g2o") == words.near("g21") == words.near("july") == []
    assert words.near("taiwn") == [(1, "taiwan")]


def test_letters_that_changed_places_are_one_slip_or_one_gone_astray() -> None:
    assert distance("tawian", "taiwan") == 1
    assert distance("tawain", "taiwan") == 1.5
    assert Vocabulary(["taiwan"]).near("tawain") == [(1.5, "taiwan")]
    assert distance("untied", "united") == 1
    assert distance("china", "chain") == 1.5, "the same letters, and too far for a word of five"
    assert Vocabulary(["china"]).near("chain") == []
