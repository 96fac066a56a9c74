-- Shared: the oldest entry of the history, and how it goes.
local function oldest()
  local fields = redis.call('XRANGE', KEYS[2], first .. '-0', first .. '-0')[1][2]
  return {id = fields[6], at = tonumber(fields[8])}
end

local function drop(entry)
  redis.call('XDEL', KEYS[2], first .. '-0')
  redis.call('HDEL', KEYS[3], entry.id)
  first, since = first + 1, entry.at + 1
end
