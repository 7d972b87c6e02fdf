"""Words of every day: which of them ask, tell little of what a question is about, or say that something was done."""

from functools import cache
from pathlib import Path

from bot.library.common import FUNCTION
from bot.library.terms import stem


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SILENT = FUNCTION | _words(
    "who whom whose what which when where why how can could should would will shall may might must not no than "
    "then so if there here i im me my we our you your yours s t d ll re ve am been being had having but nor yet "
    "too very just also again still ever never any some all each other others both between into onto out off up "
    "down under during before after against through until while because its us2 let lets please pls plz thanks "
    "thank thx hey hi hello ok okay lol asap bot briefbot tell explain describe show give need want know info "
    "information done doing don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn"
)
"""Words that no question is about, apart from those that only ask."""
_VAGUE = _words(
    "happen say talk mean make get go come take thing matter story news late latest current recent recently today "
    "now issue problem question situation affair incident event topic case main exactly really actually much "
    "many long last first next one two ago more less most about around regard concern relate involve include use "
    "call become summary brief briefing background overview detail update history role party side way kind sort "
    "country government people world time day week month year person official leader key important likely ask "
    "answer think reason cause result outcome begin start end stand hold agree part ok else ongoing senior top "
    "new great became came went said got made took told gave held began knew thought meant bring keep "
    "try seem appear look let put set stay turn change manage decide choose plan expect hope wish allow help feel "
    "believe consider claim suggest show prove remain continue finally originally initially eventually soon later "
    "earlier early instead together apart along away back far near close exact actual true certain possible able "
    "ready different same similar various several few little major minor entire whole previous former past future "
    "final move act step point fact idea view word purpose excuse effect impact consequence significance meaning "
    "context content account version position stance attitude reaction response approach happening during whether "
    "another anybody somebody someone anyone everybody nobody nothing something everything anything anymore "
    "already almost nearly roughly approximately total number amount"
)
"""Words that many a question has and that tell little of what it is about."""
_PLAIN = _words(
    "accept act add affect afford aim allow answer apply approach approve argue arrange ask avoid back base bear "
    "beat build calm care carry catch cause challenge charge check close combine compare complete concern "
    "conclude conduct confirm connect contact contribute counter cover create damage deal define deliver demand "
    "depend describe design determine develop differ direct discover discuss divide draw drive earn emerge enable "
    "encourage end engage enjoy ensure enter establish examine exist expand experience explore express extend "
    "face fail fall feature figure fill fit focus follow force forget form gain gather generate grow guess handle "
    "happen hear hide hit identify ignore imagine improve increase indicate influence inform insist intend "
    "introduce judge justify lack last launch lay learn lie lift limit link listen live lower maintain mark "
    "matter mean mention mind miss need note notice obtain occur offer operate oppose order organize own "
    "participate pass pay perform permit pick place point possess prefer prepare present press pretend prevent "
    "produce promote propose protect provide publish pull push pursue raise rate reach react realize recall "
    "recommend record reduce refer reflect relate release rely remember remind repeat replace reply represent "
    "require resolve respond rest restrict reveal risk rise roll run save see seek select separate serve settle "
    "share shift signal slow solve sort speed spend spread stop strengthen stress strike struggle suffer suit "
    "supply suppose surprise surround survive suspect tend test throw touch track treat trigger trust understand "
    "urge vary view wait walk warn watch weaken withdraw wonder work worry yield ready quick quiet strong weak "
    "hard easy clear serious important formal formally official officially public publicly private privately "
    "personal personally directly quickly slowly suddenly openly closely deeply strongly high higher highest low "
    "lowest better worse worst short brief simple simply normal normally usual usually regular regularly frequent "
    "frequently often sometimes rarely once twice thrice second third fourth fifth double single multiple couple "
    "dozen half quarter percent start beginning middle ending aftermath meanwhile despite although because since "
    "unless toward towards within without beyond among amid alongside via per versus vs outcome upshot detail "
    "specifics basis background circumstances development event occasion instance example reliable accurate true "
    "false correct wrong right proper wide widely broad deep open closed"
)
"""Words of every day that tell little where no entry has them."""
_DEEDS = _words(
    "go meet visit call talk see remark report speak snub refuse decline postpone shoot destroy down receive host "
    "greet welcome promise agree sign insult collide hack steal attend skip absent announce present accuse deny "
    "reject protest cancel travel arrive land sail cut accept invite resume break liken dictator attack buy sell "
    "fire remove sentence convict vanish disappear sit hold open reopen launch join lead tell name appoint "
    "confirm swear purge oust sack invade vote abstain impose lower raise set create found restore complain "
    "unsafe blame derail gather"
)
"""What people do and what happens to them; of what people do the first also stand in the titles of events."""


@cache
def vague() -> frozenset[str]:
    """Return the terms that tell little of what a question is about."""
    return frozenset(map(stem, _VAGUE))


@cache
def plain() -> frozenset[str]:
    """Return the terms that tell little where no entry has them."""
    return frozenset(map(stem, _PLAIN))


@cache
def deeds() -> frozenset[str]:
    """Return the terms that say that somebody did something, or that it happened."""
    return frozenset(map(stem, _DEEDS))


def is_everyday(word: str) -> bool:
    """Return whether a normal `word` is one of every day, so that it is no slip of another."""
    return word in SILENT or stem(word) in vague() | plain() | deeds()


@cache
def _english() -> frozenset[str]:
    lines = Path(__file__).with_name("english.txt").read_text(encoding="ascii").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_english(word: str) -> bool:
    """Return whether `word` is one of the commonest English words, so that it is no slip of a name."""
    return word in _english()
