"""Setting up, joining, bringing back and signing in; and one's own passphrase and second proof."""
