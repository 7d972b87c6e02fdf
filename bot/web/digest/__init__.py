"""The Next digest tab: the edition that a channel would get now, on every platform, with the reason for each item."""
