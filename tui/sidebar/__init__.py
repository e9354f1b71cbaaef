"""The search line and the list of clients."""
