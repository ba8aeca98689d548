"""Between stations: enrolled, carried by stick or store, and told how far it is."""
