-- Makes a session the player's newest, or says so again; tells the gateway that had the newest before.
-- KEYS: the claim. ARGV: the session's number, empty when it has none yet; session; gateway; milliseconds to keep
-- it; player; what a gateway's channel begins with. Returns the number of the newest claim.
local newest = tonumber(redis.call('HGET', KEYS[1], 'number') or '0')
local number = tonumber(ARGV[1])
if not number then
    local now = redis.call('TIME')
    number = math.max(newest + 1, now[1] * 1000000 + now[2])
end
if number < newest then
    return {newest}
end
if number > newest then
    local before = redis.call('HGET', KEYS[1], 'gateway')
    local text = string.format('%.0f', number)
    redis.call('HSET', KEYS[1], 'number', text, 'session', ARGV[2], 'gateway', ARGV[3])
    if before then
        redis.call('PUBLISH', ARGV[6] .. before, ARGV[5] .. '\t' .. text)
    end
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {number}
