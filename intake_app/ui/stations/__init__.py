"""Parts of the page of stations: the list, letting a computer in, naming and striking one."""
