"""The one door to a store of client cards."""
