-- Goes before the scripts that use a room's stream: its grants live as long as it is used.
--
-- KEYS[4] grants
redis.call('PEXPIRE', KEYS[4], ARGV[2])
