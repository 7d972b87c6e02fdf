"""Forms of English words that no stemmer brings together: irregular ones, nouns of verbs, and British spellings."""

import re

_FORMS = """
begin began begun
break broke broken
bring brought
build built
buy bought buyer buyers
catch caught
choose chose chosen
deal dealt
draw drew drawn
drive drove driven
fall fell fallen
fight fought
flee fled
fly flew flown
forbid forbade forbidden
go goes went gone
hear heard
freeze froze frozen
hide hid hidden
hold held
keep kept
know knew known
lead led
leave left
lose lost loss losses
meet met
pay paid
rise rose risen
see saw seen
seek sought
sell sold seller sellers
send sent
shake shook shaken
shoot shot
sit sat
speak spoke spoken
spend spent
stand stood
strike struck stricken
steal stole stolen theft thefts
swear swore sworn
tell told
take took taken
teach taught
think thought
throw threw thrown
win won
withdraw withdrew withdrawn withdrawal
write wrote written
abstain abstention abstentions
accuse accusation accusations
analyze analyse analysed analysing
arrive arrival arrivals
collide collision collisions
criticize criticism
deny denial denials
depart departure departures
invade invasion invasions
refuse refusal refusals
remove removal removals
resign resignation
retaliate retaliation retaliatory
succeed successor successors succession
behavior behaviour
color colour
favor favour
harbor harbour
honor honour
license licence
maneuver manoeuvre manoeuvres
neighbor neighbour
neighbors neighbours
"""
"""The forms of a word a line, first the one that stands for the others."""
_IRREGULAR = {form: line.split()[0] for line in _FORMS.split("\n") for form in line.split()[1:]}
_BRITISH = re.compile(
    r"(organ|critic|apolog|author|recogn|emphas|normal|penal|minim|final|militar|stabil|modern|summar|mobil)"
    r"is(e|ed|es|ing|ers?|ations?)\Z"
)


def regular(word: str) -> str:
    """Return a normal English `word` in the form that a stemmer can go on from; another word comes back as it is."""
    word = _IRREGULAR.get(word, word)
    return _BRITISH.sub(r"\1iz\2", word) if "is" in word else word
