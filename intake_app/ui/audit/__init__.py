"""Parts of the audit page: lines of the trail, and its export."""
