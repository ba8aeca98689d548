"""People who sign in: who they are, what they may, how they come, come back and leave."""
