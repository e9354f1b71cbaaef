"""The main screen, and the conversations it holds with the operator."""
