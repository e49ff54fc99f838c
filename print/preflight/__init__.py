"""Examine a finished PDF as a printer would: read all of it, then hold it against rules."""
