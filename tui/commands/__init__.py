"""Everything an operator can do, each thing once: keys, footer, palette, help and `--keys` are made from here."""
