"""Parts of the backups page and of the page that brings a backup back."""
