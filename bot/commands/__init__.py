"""Library becomes reply: one table of commands, and a handler for each. No SDK, no network, no clock of its own."""
