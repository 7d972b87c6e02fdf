"""The words an entry may use where it cannot say just anything: kinds, states, audiences, degrees."""

from enum import StrEnum


class Kind(StrEnum):
    """What an entry is about; each kind has its folder."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ISSUE = "issue"
    EVENT = "event"
    PLACE = "place"
    AGREEMENT = "agreement"

    @property
    def folder(self) -> str:
        """The folder under `briefings/` that holds entries of this kind."""
        return _FOLDERS[self]


_FOLDERS = {
    Kind.PERSON: "people",
    Kind.ORGANISATION: "organisations",
    Kind.ISSUE: "issues",
    Kind.EVENT: "events",
    Kind.PLACE: "places",
    Kind.AGREEMENT: "agreements",
}


class Status(StrEnum):
    """Where an entry stands in its life; only `published` ones are served."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Audience(StrEnum):
    """Who may read an entry, from everybody to a named few; a place sees its own tier and those before it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class AliasSort(StrEnum):
    """What sort of other name an alias is."""

    FULL = "full"
    SHORT = "short"
    NICKNAME = "nickname"
    OFFICE = "office"
    ABBREVIATION = "abbreviation"
    FORMER = "former"
    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
    PINYIN = "pinyin"
    WADE_GILES = "wade-giles"
    MISSPELLING = "misspelling"


class Confidence(StrEnum):
    """How sure the editors are (ICD 203's three levels)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Likelihood(StrEnum):
    """The seven bands of ICD 203, each with its own words."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


class SourceKind(StrEnum):
    """What sort of source it is, strongest first; the order is used for ranking."""

    OFFICIAL_DOCUMENT = "official document"
    OFFICIAL_ON_RECORD = "official on record"
    WIRE = "wire"
    PRESS = "press"
    STATE_MEDIA = "state media"
    ANONYMOUS = "anonymous"
    AGGREGATOR = "aggregator"


class QuoteForm(StrEnum):
    """How close a quotation is to what was said. Only `verbatim` and `translated` ever stand in quotation marks."""

    VERBATIM = "verbatim"
    TRANSLATED = "translated"
    PARAPHRASE = "paraphrase"
    GARBLED = "garbled"
