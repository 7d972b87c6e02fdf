"""What a question may say in other words than a text: "scrapped" for postponed, "boss" for minister.

A vocabulary of the field, kept by hand. A word in a group is worth nearly as much as one that the text has; groups do
not add up to a chain, and a word may stand in several.
"""

from functools import cache

from bot.library.terms import stem

_GROUPS = """
visit go come arrive travel journey tour land fly stop return mission trek stopover pilgrimage
meet talk speak conversation discuss discussion dialogue negotiate session encounter see receive host sit audience
talk negotiate negotiation discuss discussion consult consultation
call telephone phone video speak talk dial ring
say tell state declare claim announce remark comment mention speak describe word call quote
mention name list cite
remark comment statement gaffe words quip jab jibe
accuse blame charge allege accusation fault finger
deny reject dismiss dispute refute
reject deny dismiss refuse decline turn down
refuse decline reject snub rebuff spurn turn obstacle stonewall no
snub refuse decline rebuff humiliate
postpone delay scrap abandon suspend shelve axe defer derail ruin spoil sink
protest anger furious outrage upset offend insult object complain complaint criticize condemn irritate fury ire
complain unsafe blame protest criticize
insult liken dictat mock disparage
shoot down destroy intercept fell
fighter jet plane aircraft warplane pilot
balloon airship craft blimp dirigible
aircraft plane jet
spy espionage surveillance intelligence eavesdrop listen snoop
intelligence spy espionage secret
agent spy
base station site facility installation post outpost
station base site
hack break cyber intrusion intruder infiltrate penetrate read steal espionage attack compromise exploit
exploit flaw hack use
mail inbox mailbox account message correspondence
ship destroyer boat frigate
submarine boat
close pass collide near encounter maneuver
unsafe dangerous reckless risky
sanction penalty punish blacklist embargo punishment restriction
tariff duty levy
trade commerce economy economic commercial
chip semiconductor
export shipment
agree agreement pact accord settle settlement commitment commit promise pledge understanding consensus resolve decide
promise commit commitment pledge vow
pact alliance agreement partnership treaty deal bloc
result outcome achieve achievement accomplish yield produce agree upshot takeaway
aim goal objective purpose want hope intend ambition agenda priority
hope expect wish look anticipate
expect hope anticipate predict
head chief director leader lead run minister secretary officer
chief minister secretary head director advisor
boss chief head director minister secretary
leader president premier minister
minister secretary
deputy vice
regret apologize sorry
replace succeed follow place substitute successor
instead place replace represent behalf lieu
remove fire oust sack dismiss purge drop lose axe topple demote strip
disappear vanish absent appear remove miss missing
appear public seen
see appear public
view public
appoint name nominate confirm pick swear become made promote elevate oath
swear oath take inaugurate
confirm approve senate
approve confirm find
leave depart quit resign retire term
job post office position title role portfolio
sentence convict punish jail prison court trial death
punishment sentence sanction
bribery bribe corruption graft corrupt
corruption bribery graft
military army
general military officer
resume restore reopen restart revive unfreeze renew
restore resume reopen
cut break sever suspend freeze halt stop end
invade attack war
war invade conflict fight
peace position war
soldier troop
vote ballot abstain resolution
own buy acquire belong parent
buy purchase acquire
purchase buy
open inaugurate dedicate launch establish
set establish create found launch
create set establish
embassy mission consulate
greet welcome meet receive
join meet accompany
host receive hold
dictator autocrat tyrant despot
tension strain friction dispute rift
relation tie relationship bond link
low lowest bottom worst nadir
concern core interest
secret unannounced quiet covert clandestine announcement undisclosed
announcement secret
dinner meal banquet
report article story journalist press media
report reporter
journalist reporter press media
press reporter journalist media
company firm business corporation
firm company
newspaper journal
skip absent miss stay attend represent
absent skip stay attend miss
attend join participate part presence
climate environment warming
fentanyl drug opioid
foundation charity philanthropist philanthropy
founder found
reason excuse explanation cause justify
paper document plan
program plan scheme
plan program scheme path
beijing china
washington us
country state nation
nation country
ally partner
group hacker
organization body company victim
flaw vulnerability hole bug weakness
ban control
control ban curb limit
limit control
dispute quarrel disagreement row issue
law legislation statute
drop fall lower down cut
lower drop fall cut reduce slash
weapon arm armed
arm weapon
assess conclude find judge review
find conclude assess
gather collect meet
picture photo image
airport runway
recognize acknowledge
support back endorse
back support endorse
risk danger threat
handshake hand shake
shake handshake hand
resume begin launch
chance opportunity
statement readout communique declaration account
readout account statement
account readout statement version
publish release issue put paper
respond protest answer reject call
answer respond reply reject
object protest risk call
objection protest risk call
counter rival oppose
oppose against object reject
rival compete competition rivalry
competition rivalry compete rival
contain encircle hem
interfere meddle stay intervene
detain arrest jail
build construct make
order command instruct
soybean soy
"""
"""Words of which each one is said by the others, a group a line."""


@cache
def _alike() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _GROUPS.strip().splitlines():
        group = frozenset(map(stem, line.split()))
        for term in group:
            found[term] = found.get(term, frozenset()) | group
    return {term: group - {term} for term, group in found.items()}


def alike(term: str) -> frozenset[str]:
    """Return the terms that say what `term` does, or much of it, itself not among them."""
    return _alike().get(term, frozenset())
