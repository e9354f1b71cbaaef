"""The card: a header, a tab per section, and one section drawn below."""
