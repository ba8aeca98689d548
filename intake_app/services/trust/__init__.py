"""Trust: what the trust page, `doctor` and the support file look at, and the auditor's report."""
