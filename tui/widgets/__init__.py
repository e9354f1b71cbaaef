"""Widgets drawn line by line: a list, a form, a table, tabs, a footer. They show and ask; they own no data."""
