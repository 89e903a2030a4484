"""From what a person typed to what they see; imports `index`, never `web`."""
