-- Takes a session's claim away, unless a newer session has the place. KEYS: the claim. ARGV: the session.
if redis.call('HGET', KEYS[1], 'session') == ARGV[1] then
    return {redis.call('DEL', KEYS[1])}
end
return {0}
