"""The Chat tab: one input, and beside each other what Slack and what Discord show for it."""
