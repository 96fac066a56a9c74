-- Tells a session, once a sending, that its request had no effect and never will have.
--
-- KEYS[1] remembers that this sending was answered
-- ARGV[1] channel, [2] message, [3] how long it is remembered (milliseconds)
if redis.call('SET', KEYS[1], 1, 'NX', 'PX', ARGV[3]) then
  redis.call('PUBLISH', ARGV[1], ARGV[2])
end
return 1
