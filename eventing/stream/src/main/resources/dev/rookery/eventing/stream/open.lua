-- Tells where the stream is, and what came after a position if that can be told without a gap.
--
-- ARGV[1] epoch to begin with when continuity is lost
-- ARGV[2] idle (milliseconds)
-- ARGV[3] epoch and [4] seq to resume from, both empty when nothing is asked
-- ARGV[5] how many entries are read at most
-- Returns: epoch, newest seq, 1 when resumed, then the oldest of the missed entries
local from = tonumber(ARGV[4])
local resumed = ARGV[3] == epoch and from <= seq and from + 1 >= first
keep(ARGV[2])
if not resumed then
  return {epoch, seq, 0, {}}
end
return {epoch, seq, 1, redis.call('XRANGE', KEYS[2], (from + 1) .. '-0', '+', 'COUNT', ARGV[5])}
