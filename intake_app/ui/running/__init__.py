"""The program as it runs: started, signed in, led from page to page, locked, ended."""
