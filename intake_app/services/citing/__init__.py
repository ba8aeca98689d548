"""From the first question to a case that stands: eligible, offered, cited or ended."""
