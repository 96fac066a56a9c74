-- Shared head of the scripts: finds the stream, or starts one when its numbering cannot be continued.
--
-- KEYS[1] head    hash: epoch, replid, seq (newest), first (oldest still in the history), since (milliseconds: what was
--                 appended then or later is in the history), lsn (what was told was committed before it; empty when unknown)
-- KEYS[2] events  Redis stream, entry ids <seq>-0: event, trace, id, at (milliseconds), re
-- KEYS[3] seen    hash: event id -> seq, for the entries of the history
-- ARGV[1] epoch to begin with when continuity is lost
-- ARGV[2] how long a stream that nobody uses is kept (milliseconds)
--
-- An epoch holds as long as the server's replication id does: a promoted replica, which may lack the newest events and
-- would hand out their numbers again, has another one, and so has a restarted server. And it holds only while the history
-- is whole: a key that was evicted or flushed is noticed by the counts.
local replid = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
local head = redis.call('HMGET', KEYS[1], 'epoch', 'replid', 'seq', 'first', 'since', 'lsn')
local epoch, seq, first, since = head[1], tonumber(head[3]), tonumber(head[4]), tonumber(head[5])
-- It is the database's, and outlives the numbering.
local lsn = head[6] or ''

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function whole()
  local held = seq - first + 1
  return since and redis.call('XLEN', KEYS[2]) == held and redis.call('HLEN', KEYS[3]) == held
end

if not epoch or head[2] ~= replid or not whole() then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
  epoch, seq, first, since = ARGV[1] .. '-' .. string.sub(replid, 1, 8), 0, 1, now
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'replid', replid, 'seq', seq, 'first', first, 'since', since, 'lsn', lsn)
end

local function keep()
  for i = 1, 3 do
    redis.call('PEXPIRE', KEYS[i], ARGV[2])
  end
end
