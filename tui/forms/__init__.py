"""A card while it is being edited, without a screen."""
