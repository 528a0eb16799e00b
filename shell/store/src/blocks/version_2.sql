-- Version 2: blocks are looked up by time and by logical time.
CREATE INDEX blocks_by_lt ON blocks (workchain, shard, end_lt);
CREATE INDEX blocks_by_time ON blocks (workchain, shard, at_ms);
