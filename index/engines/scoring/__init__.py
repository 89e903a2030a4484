"""Posting lists found, scored, counted and put in order whole, with numpy: what all engines of ours share."""
