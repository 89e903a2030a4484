"""What is kept, and what can be asked of it; imports neither `search` nor `web`."""
