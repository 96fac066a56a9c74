-- Ends memberships, and publishes each that there was.
--
-- KEYS[1] members  hash: member -> player, and '#' -> the version, which grows by one with each change
-- ARGV[1] how long members are kept that no gateway keeps (milliseconds), [2] channel, then the members
-- Returns: how many there were
local ended = 0
for i = 3, #ARGV do
  local player = redis.call('HGET', KEYS[1], ARGV[i])
  if player then
    redis.call('HDEL', KEYS[1], ARGV[i])
    local version = string.format('%.0f', redis.call('HINCRBY', KEYS[1], '#', 1))
    redis.call('PUBLISH', ARGV[2], table.concat({'M', version, '0', ARGV[i], player}, '\t') .. '\n')
    ended = ended + 1
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return {ended}
