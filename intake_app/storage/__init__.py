"""The encrypted files: records, search, log, audit, drafts."""
