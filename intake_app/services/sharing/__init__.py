"""What leaves with consent or by law: sheets, sealed files, counts, and taking it back."""
