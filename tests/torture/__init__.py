"""The real bot, killed and frozen at random while it delivers: nothing lost, nothing twice, nothing out of order."""
