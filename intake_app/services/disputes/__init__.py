"""Where two people wrote different things: seen, said, settled."""
