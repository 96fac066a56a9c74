-- Lets go of what a client says it has, but for what came a moment ago: that may still be told again by a function.
--
-- ARGV[3] epoch and [4] seq up to which the client has everything
-- ARGV[5] how long an entry stays all the same (milliseconds)
-- ARGV[6] how many go at most
-- Returns: how many went
local gone = 0
while ARGV[3] == epoch and first <= math.min(seq, tonumber(ARGV[4])) and gone < tonumber(ARGV[6]) do
  local entry = oldest()
  if entry.at > now - tonumber(ARGV[5]) then
    break
  end
  drop(entry)
  gone = gone + 1
end
if gone > 0 then
  redis.call('HSET', KEYS[1], 'first', first, 'since', since)
end
return {gone}
