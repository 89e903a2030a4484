-- The tables of the archive, schema version 1 (`SCHEMA_VERSION` in archive.py; raise it when this changes).
-- Every change takes the next running number, so `seq` alone tells an index what it has not seen yet.

-- One row.
CREATE TABLE meta (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    identity TEXT    NOT NULL, -- a random name, given once: which archive an index was built from
    last_seq INTEGER NOT NULL  -- the last number that was given; kept here so that none is ever given twice
);

-- One row an article, in its latest state. The primary key is the running number: a page of changes is read
-- from neighbouring pages of the file. The body is last: what stands before it is read without walking it.
CREATE TABLE article (
    seq       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    digest    BLOB NOT NULL, -- Article.digest(), to tell an unchanged article without reading it
    title     TEXT NOT NULL,
    url       TEXT,
    source    TEXT,
    author    TEXT,
    category  TEXT,
    published TEXT,          -- ISO 8601, so that the order of the text is the order of time
    body      TEXT NOT NULL
);

-- One row an article that was removed, until it is added again. An id is here or in `article`, never in both.
CREATE TABLE tombstone (
    seq INTEGER PRIMARY KEY,
    id  TEXT NOT NULL UNIQUE
);

-- Holds all that a summary asks for, so that no article has to be read for one.
CREATE INDEX article_source ON article (source, published);

CREATE INDEX article_author ON article (author);
