"""How people sign in, once they have: their passphrase, their second proof, what it looks like."""
