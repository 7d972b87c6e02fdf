"""From the clock to a delivery: which slot is due, what is in its edition, and that a channel gets it exactly once."""
