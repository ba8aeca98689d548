"""Parts of the page of recovery cards."""
