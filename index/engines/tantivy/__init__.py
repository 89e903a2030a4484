"""The engine of tantivy's index format."""
