-- A validator's final blocks. Version 1.
CREATE TABLE final_blocks (
    height INTEGER PRIMARY KEY NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    header BLOB NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE certificates (
    height INTEGER PRIMARY KEY NOT NULL,
    certificate BLOB NOT NULL
) STRICT;

CREATE TABLE blocks (
    id INTEGER PRIMARY KEY NOT NULL,
    workchain INTEGER NOT NULL,
    shard INTEGER NOT NULL,
    seqno INTEGER NOT NULL,
    height INTEGER NOT NULL,
    position INTEGER NOT NULL,
    root_hash BLOB NOT NULL UNIQUE,
    file_hash BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    start_lt INTEGER NOT NULL,
    end_lt INTEGER NOT NULL,
    transactions INTEGER NOT NULL,
    boc BLOB NOT NULL,
    UNIQUE (workchain, shard, seqno),
    UNIQUE (height, position)
) STRICT;

CREATE TABLE transactions (
    id INTEGER PRIMARY KEY NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    workchain INTEGER NOT NULL,
    account BLOB NOT NULL,
    lt INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    block INTEGER NOT NULL REFERENCES blocks (id),
    in_message_hash BLOB NOT NULL,
    in_created_lt INTEGER NOT NULL,
    boc BLOB NOT NULL,
    UNIQUE (workchain, account, lt)
) STRICT;
CREATE INDEX transactions_by_block ON transactions (block, lt);
CREATE INDEX transactions_by_message ON transactions (in_message_hash);

CREATE TABLE snapshots (
    height INTEGER PRIMARY KEY NOT NULL,
    state BLOB NOT NULL
) STRICT;

CREATE TABLE facts (
    name TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT;
