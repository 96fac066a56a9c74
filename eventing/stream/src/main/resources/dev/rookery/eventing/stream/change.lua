-- Grants a room to a player, or revokes the grant and publishes that.
--
-- KEYS[1] grants  hash: player -> 1 or 0 (may join or no longer), stamp, change id, between tabs
-- ARGV[1] player
-- ARGV[2] how long the grants of a room that nobody uses are kept (milliseconds)
-- ARGV[3] '1' to grant, '0' to revoke
-- ARGV[4] change id, [5] stamp: when it was recorded (milliseconds)
-- ARGV[6] '1' when an earlier delivery had recorded it
-- ARGV[7] channel, [8] message, empty when nothing is published
-- Returns: 1 when it was applied, 0 when it is known or a newer one is
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- Nothing told again reaches back further, so whoever may no longer join needs to be remembered no longer.
local horizon = now - tonumber(ARGV[2])

local function read(change)
  local may, stamp, id = string.match(change, '^(%d)\t(%d+)\t(.*)$')
  return may, tonumber(stamp), id
end

-- A few at a time: a change adds one at most, so what is remembered of revoked grants stays bounded by those of late.
local function forget()
  local some = redis.call('HRANDFIELD', KEYS[1], 8, 'WITHVALUES')
  for i = 1, #some, 2 do
    local may, stamp = read(some[i + 1])
    if may == '0' and stamp < horizon then
      redis.call('HDEL', KEYS[1], some[i])
    end
  end
end

local stamp = tonumber(ARGV[5])
local change = redis.call('HGET', KEYS[1], ARGV[1])
local _, known, id
if change then
  _, known, id = read(change)
end
if ARGV[6] == '1' and (stamp < horizon or known and (known > stamp or id == ARGV[4])) then
  return {0}
end
-- Clocks of pods differ a little: a change that is told for the first time counts even when its stamp is the lower one,
-- but what is older than either is never told again. A whole minute is no difference of clocks: whoever tells so late was
-- held up, and a sweep has told it meanwhile.
if known and known > stamp + 60000 then
  return {0}
end
redis.call('HSET', KEYS[1], ARGV[1], table.concat({ARGV[3], string.format('%.0f', math.max(stamp, known or 0)), ARGV[4]}, '\t'))
forget()
redis.call('PEXPIRE', KEYS[1], ARGV[2])
if ARGV[8] ~= '' then
  redis.call('PUBLISH', ARGV[7], ARGV[8])
end
return {1}
