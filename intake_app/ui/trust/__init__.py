"""Parts of the trust page: a line with its light, the ways to put it right, the line on Home."""
