-- Makes sessions members of a room, and publishes each that is new.
--
-- KEYS[1] members  hash: member -> player, and '#' -> the version, which grows by one with each change
-- ARGV[1] how long members are kept that no gateway keeps (milliseconds), [2] channel
-- ARGV[3] how many members a room may have
-- then for each: member, player
-- Returns: the version, or -1 when the room is full
local version = redis.call('HGET', KEYS[1], '#')
if not version then
  -- A room that was lost begins above whatever it was: a gateway that remembers its old version is not misled.
  local time = redis.call('TIME')
  version = string.format('%.0f', time[1] * 1000000 + time[2])
  redis.call('HSET', KEYS[1], '#', version)
end
for i = 4, #ARGV, 2 do
  if redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) == 1 then
    if redis.call('HLEN', KEYS[1]) - 1 > tonumber(ARGV[3]) then
      redis.call('HDEL', KEYS[1], ARGV[i])
      return {-1}
    end
    version = string.format('%.0f', redis.call('HINCRBY', KEYS[1], '#', 1))
    redis.call('PUBLISH', ARGV[2], table.concat({'M', version, '1', ARGV[i], ARGV[i + 1]}, '\t') .. '\n')
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return {tonumber(version)}
