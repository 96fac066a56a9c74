-- Tells where the stream is, and what came after a position if that can be told without a gap.
--
-- ARGV[3] epoch and [4] seq to resume from, both empty when nothing is asked
-- ARGV[5] how many entries are read at most
-- Returns: epoch, newest seq, 1 when resumed, then the oldest of the missed entries, then the lsn
local from = tonumber(ARGV[4])
local resumed = ARGV[3] == epoch and from <= seq and from + 1 >= first
keep()
if not resumed then
  return {epoch, seq, 0, {}, lsn}
end
return {epoch, seq, 1, redis.call('XRANGE', KEYS[2], (from + 1) .. '-0', '+', 'COUNT', ARGV[5]), lsn}
