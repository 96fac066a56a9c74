-- Tells whether a player may join a room, and keeps the room's grants.
--
-- KEYS[1] grants  hash: player -> 1 or 0 (may join or no longer), stamp, change id, between tabs
-- ARGV[1] player
-- ARGV[2] how long the grants of a room that nobody uses are kept (milliseconds)
-- Returns: 1 when the player may join
local change = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {change and string.sub(change, 1, 1) == '1' and 1 or 0}
