comment on column player.seen is
    'When the player last did something, to the microsecond. The time of a player''s later transactions is not before it.';
