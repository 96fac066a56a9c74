-- Appends an event once and publishes it; tells the session that asked again what the event was.
--
-- KEYS[4]  remembers that this sending was answered
-- ARGV[1]  epoch to begin with when continuity is lost
-- ARGV[2]  idle, [3] minAge (milliseconds), [4] minEvents, [5] maxEvents
-- ARGV[6]  channel
-- ARGV[7]  event id, [8] re, [9] event, [10] trace
-- ARGV[11] '1' when an earlier delivery had recorded the outcome
-- ARGV[12] epoch and [13] seq when the recorded sending was taken, both empty when unknown
-- ARGV[14] session of this sending, empty when it came from no connection
-- ARGV[15] '1' when this sending is the recorded one
-- Returns: what was done, and the event's seq (0: it has left the history)
local session, same = ARGV[14], ARGV[15] == '1'

local function answered()
  return session ~= '' and not redis.call('SET', KEYS[4], 1, 'NX', 'PX', ARGV[3])
end

local function tell_again(at)
  if session == '' or answered() then
    return {'silent', at}
  end
  redis.call('PUBLISH', ARGV[6], table.concat({'R', session, at, ARGV[8], ARGV[10]}, '\t') .. '\n' .. ARGV[9])
  return {'repeated', at}
end

-- The recorded sending was taken at a known place of this very numbering and everything since is still here: what is
-- not among it was never appended.
local function never_appended()
  return ARGV[12] == '' or (ARGV[12] == epoch and first <= tonumber(ARGV[13]) + 1)
end

local known = redis.call('HGET', KEYS[3], ARGV[7])
if known then
  if same then
    return {'silent', tonumber(known)}
  end
  return tell_again(tonumber(known))
end
if ARGV[11] == '1' and not never_appended() then
  return tell_again(0)
end

if not same then
  answered()
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
seq = seq + 1
redis.call('XADD', KEYS[2], seq .. '-0', 'event', ARGV[9], 'trace', ARGV[10], 'id', ARGV[7], 'at', now, 're', ARGV[8])
redis.call('HSET', KEYS[3], ARGV[7], seq)

-- A few at a time: an append adds one, so this catches up without ever holding the server for long.
for _ = 1, 8 do
  local held = seq - first + 1
  if held <= tonumber(ARGV[4]) then
    break
  end
  local fields = redis.call('XRANGE', KEYS[2], first .. '-0', first .. '-0')[1][2]
  if held <= tonumber(ARGV[5]) and tonumber(fields[8]) > now - tonumber(ARGV[3]) then
    break
  end
  redis.call('XDEL', KEYS[2], first .. '-0')
  redis.call('HDEL', KEYS[3], fields[6])
  first = first + 1
end
redis.call('HSET', KEYS[1], 'seq', seq, 'first', first)
keep(ARGV[2])
redis.call('PUBLISH', ARGV[6], table.concat({'E', epoch, seq, ARGV[8], ARGV[10]}, '\t') .. '\n' .. ARGV[9])
return {'appended', seq}
