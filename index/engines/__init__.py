"""Engines: each module is the only importer of its library; `contract` says what all of them do."""
