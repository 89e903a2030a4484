"""The engine that is always there: an index of Whoosh 2.7.4's format, which stock Whoosh opens too."""
