-- Appends the event that answers a command, once, and publishes it; tells the session that asked again what the event was.
--
-- KEYS[4]  remembers that this sending was answered
-- ARGV[12] '1' when an earlier delivery had recorded the outcome
-- ARGV[13] epoch and [14] seq when the recorded sending was taken, both empty when unknown
-- ARGV[15] session of this sending, empty when it came from no connection
-- ARGV[16] '1' when this sending is the recorded one
-- Returns: what was done, and the event's seq (0: it has left the history)
local session, same = ARGV[15], ARGV[16] == '1'

local function answered()
  return session ~= '' and not redis.call('SET', KEYS[4], 1, 'NX', 'PX', ARGV[3])
end

local function tell_again(at)
  if session == '' or answered() then
    return {'silent', at}
  end
  remember_lsn()
  redis.call('PUBLISH', ARGV[6], told('R', session, at, ARGV[8], ARGV[10]))
  return {'repeated', at}
end

-- The recorded sending was taken at a known place of this very numbering and everything since is still here: what is
-- not among it was never appended.
local function never_appended()
  return ARGV[13] == '' or (ARGV[13] == epoch and first <= tonumber(ARGV[14]) + 1)
end

local known = redis.call('HGET', KEYS[3], ARGV[7])
if known then
  if same then
    return {'silent', tonumber(known)}
  end
  return tell_again(tonumber(known))
end
if ARGV[12] == '1' and not never_appended() then
  return tell_again(0)
end

if not same then
  answered()
end
return add()
