-- Appends an event that answers nobody, once, and publishes it.
--
-- ARGV[12] '1' when an earlier delivery had recorded it
-- ARGV[13] when it was recorded (milliseconds)
-- Returns: what was done, and the event's seq (0: it has left the history)
local known = redis.call('HGET', KEYS[3], ARGV[7])
if known then
  return {'silent', tonumber(known)}
end
-- Recorded before what the history still reaches back to, it may have been appended and let go. Or it belongs to an epoch
-- that has ended; then whoever has a position in this one has read the state since.
if ARGV[12] == '1' and tonumber(ARGV[13]) < since then
  return {'silent', 0}
end
return add()
