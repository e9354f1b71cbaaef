"""Everything between the program and the terminal: safe text, the driver, keyboard layouts, signals."""
