-- Shared middle of the scripts that append: adds an event, lets the oldest go, and publishes.
--
-- ARGV[3]  minAge (milliseconds), [4] minEvents, [5] maxEvents
-- ARGV[6]  channel
-- ARGV[7]  event id, [8] re, [9] event, [10] trace, [11] lsn, empty when unknown

-- A few at a time: an append adds one, so this catches up without ever holding the server for long.
local function let_go()
  for _ = 1, 8 do
    local held = seq - first + 1
    if held <= tonumber(ARGV[4]) then
      return
    end
    local entry = oldest()
    if held <= tonumber(ARGV[5]) and entry.at > now - tonumber(ARGV[3]) then
      return
    end
    drop(entry)
  end
end

-- What a message says before its body; a place in the database's log comes last, and only when it is known.
local function told(...)
  local fields = {...}
  if ARGV[11] ~= '' then
    table.insert(fields, ARGV[11])
  end
  return table.concat(fields, '\t') .. '\n' .. ARGV[9]
end

-- As 16 hex digits, places compare as their texts do.
local function remember_lsn()
  if ARGV[11] > lsn then
    lsn = ARGV[11]
    redis.call('HSET', KEYS[1], 'lsn', lsn)
  end
end

local function add()
  seq = seq + 1
  redis.call('XADD', KEYS[2], seq .. '-0', 'event', ARGV[9], 'trace', ARGV[10], 'id', ARGV[7], 'at', now, 're', ARGV[8])
  redis.call('HSET', KEYS[3], ARGV[7], seq)
  let_go()
  redis.call('HSET', KEYS[1], 'seq', seq, 'first', first, 'since', since)
  remember_lsn()
  keep()
  redis.call('PUBLISH', ARGV[6], told('E', epoch, seq, ARGV[8], ARGV[10]))
  return {'appended', seq}
end
