"""The end of records: kept so long, held, purged by two people, proved."""
