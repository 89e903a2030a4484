"""The `arshif` command."""
