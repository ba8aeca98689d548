"""What services need of the outside, as Protocols; adapters fit by shape, `wiring` joins them."""
