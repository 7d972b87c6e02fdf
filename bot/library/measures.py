"""Every constant of the decision which entry answers a question.

They were chosen on queries for development, by kind and not by query.
"""

CALLED, LEAD, CLAIM, BODY = 1.0, 0.9, 0.8, 0.5
"""What a term is worth by where the entry has it: in a name, in its first lines, in a claim, in the rest."""
ALIKE = 0.85
"""What a term is worth that an entry has in other words, as a share of what it is worth itself."""
VAGUE, IN_OTHER_WORDS = 0.25, 0.5
"""What a vague term counts for, and another word for one that no entry has."""
IDLE = 0.6
"""The share of what vague words of a whole question count for that they do not where an entry has not got them."""
COVER, NAME, TEXT = 0.6, 0.3, 0.1
"""How the share of the question that is covered, the likeness to a name, and the text weight make a score."""
OF_KIND, OF_OTHER = 0.06, -0.03
"""What it is worth that an entry is of the kind that the question says, or of one that it hardly can be about."""
ENOUGH, ENOUGH_WHOLE = 0.7, 0.65
"""The share of the question from which on an entry is an answer: of some words, of a whole question."""
ANCHOR, ANCHOR_WHOLE = 0.35, 0.25
"""The share of the question that has to stand in the entry's names."""
JOINT = 0.7
"""The share of a whole question that one claim has to have together with the names."""
SEVERAL = 3
"""Telling words of which it is unlikely that an entry has all by chance."""
SURE, SURE_ANCHOR = 0.8, 0.15
"""The share of several words, none of them missing, from which on less of it need be a name."""
WHOLLY = 0.9
"""The share of more words from which on somebody is found by what they are, without their name."""
FULL_NAME = 3
"""Words at most of a question that may be somebody else's name, or a thing that is called like somebody."""
CLOSE, UNSURE = 0.02, 0.08
"""Scores so near to each other are a choice; where the first is unlikely to be what was meant, further ones too."""
OF_KIND_NEAR = 0.15
"""How far behind what is of another kind than the question says one of that kind may be to be a choice."""
NOT_FAR = 0.12
"""How far behind what is no answer an event that answers may be, if it has as much of the question, to come first."""
SURE_NAMED = 0.9
"""The share of what an event has of a question that what is named as it is has to have to come before it."""
HAPPENED = 0.1
"""How much more it is worth to be an event, where nothing answers a question that says that something was done."""
BEHIND, HARDLY = 0.1, 0.02
"""How much less of the question an event may cover than a person to stand before them, by title and by any name."""
WANTED = 0.2
"""What it is worth, as a share of the question, that a claim tells why, when or how much, where that is asked."""
ABOUT = 1.5
"""What a term is worth in a claim that is about it, where claims of one entry are compared."""
KNOWN = 0.25
"""What a term of its title is worth in a claim of an entry, where it goes without saying."""
LEAST = 0.2
"""Share of the question that a claim has to have to be shown first."""
BESIDE_BEST = 0.8
"""Share of what the best claim has of the question that another one has to have to stand beside it."""
MOST_CLAIMS = 3
