"""From the clock to a delivery: which slot is due, what is in its edition, and that each channel gets it exactly once."""
