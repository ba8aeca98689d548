"""Paper: finished sheets in, PDF bytes out."""
