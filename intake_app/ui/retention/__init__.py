"""Parts of the page of records that end: what is due, proposed, held and removed."""
