"""What Redis does in one step: Lua, so that a worker can be killed between any two steps and nothing is lost.

Keys of a crawl:

- `workers` (sorted set): worker -> last beat, ms
- `queue` (list): what waits; taken from its right end
- `taken:<worker>` (hash): number -> what this worker has in hand
- `seen` (set): fingerprints of what was queued
- `counts` (hash): statistic -> sum over the workers
- `results` (hash): task -> what came of it
- `crawl` (hash): `run`, `founder`, `leader`, `started`, `end`
- `closing`: who judges the run
"""

from typing import Final

_NOW: Final = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
"""

_REAP: Final = (
    _NOW
    + """
local prefix, me, ttl = ARGV[1], ARGV[2], tonumber(ARGV[3])
local workers, queue, crawl = prefix .. 'workers', prefix .. 'queue', prefix .. 'crawl'
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', workers, '-inf', now - ttl)) do
  local taken = prefix .. 'taken:' .. dead
  for _, data in ipairs(redis.call('HVALS', taken)) do redis.call('RPUSH', queue, data) end
  redis.call('DEL', taken)
  redis.call('ZREM', workers, dead)
end
local function alive(worker) return worker and redis.call('ZSCORE', workers, worker) end
"""
)
"""What workers had in hand whose beat failed goes back to where it is taken next."""

ADMIT: Final = (
    _REAP
    + """
if redis.call('EXISTS', prefix .. 'closing') == 1 then return {'wait'} end
if redis.call('ZCARD', workers) == 0 then
  redis.call('DEL', queue, crawl, prefix .. 'seen', prefix .. 'counts', prefix .. 'results')
end
redis.call('ZADD', workers, now, me)
local run = redis.call('HGET', crawl, 'run')
if run then return {'join', run} end
local founder = redis.call('HGET', crawl, 'founder')
if founder == me or not alive(founder) then
  redis.call('HSET', crawl, 'founder', me)
  return {'found'}
end
return {'wait'}
"""
)
"""A worker comes: it begins the run (`found`), joins it (`join`, run), or asks again in a moment (`wait`)."""

BEAT: Final = (
    _REAP
    + """
if not alive(me) then return {'expelled'} end
redis.call('ZADD', workers, now, me)
if redis.call('GET', KEYS[1]) == me then redis.call('PEXPIRE', KEYS[1], ttl) end
return {'ok', redis.call('HGET', crawl, 'end') or ''}
"""
)
"""A worker lives, and keeps its turn (`KEYS[1]`)."""

LEAD: Final = """
local prefix, me = ARGV[1], ARGV[2]
local crawl = prefix .. 'crawl'
if redis.call('HGET', crawl, 'started') then return 'started' end
local leader = redis.call('HGET', crawl, 'leader')
if leader and leader ~= me and redis.call('ZSCORE', prefix .. 'workers', leader) then return 'wait' end
redis.call('HSET', crawl, 'leader', me)
return 'lead'
"""
"""One worker at a time says where the crawl begins."""

PUSH: Final = """
local prefix, data, fingerprint = ARGV[1], ARGV[2], ARGV[3]
if fingerprint ~= '' and redis.call('SADD', prefix .. 'seen', fingerprint) == 0 then return 0 end
redis.call('LPUSH', prefix .. 'queue', data)
return 1
"""
"""Seen and queued in one step: seen alone, it would never be asked for."""

TAKE: Final = """
local prefix, me, number = ARGV[1], ARGV[2], ARGV[3]
if not redis.call('ZSCORE', prefix .. 'workers', me) then return false end
local data = redis.call('RPOP', prefix .. 'queue')
if data then redis.call('HSET', prefix .. 'taken:' .. me, number, data) end
return data
"""
"""What is next, into the worker's hands."""

DONE: Final = """
local prefix, me, numbers = ARGV[1], ARGV[2], tonumber(ARGV[3])
if not redis.call('ZSCORE', prefix .. 'workers', me) then return 0 end
for at = 4, 3 + numbers do redis.call('HDEL', prefix .. 'taken:' .. me, ARGV[at]) end
for at = 4 + numbers, #ARGV, 2 do redis.call('HINCRBY', prefix .. 'counts', ARGV[at], ARGV[at + 1]) end
return 1
"""
"""All that follows from some requests is in the store or in the queue; what that counted goes with it."""

DELIVER: Final = """
local prefix, me, number, name, result = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if redis.call('HDEL', prefix .. 'taken:' .. me, number) == 0 then return 0 end
redis.call('HSET', prefix .. 'results', name, result)
return 1
"""
"""A task is done; 0 for a worker that was taken for dead, whose task others do."""

COLLECT: Final = """
local results = ARGV[1] .. 'results'
local result = redis.call('HGET', results, ARGV[2])
if result then redis.call('HDEL', results, ARGV[2]) end
return result
"""
"""What came of a task."""

OPEN: Final = """
local prefix = ARGV[1]
local open = redis.call('LLEN', prefix .. 'queue')
for _, worker in ipairs(redis.call('ZRANGE', prefix .. 'workers', 0, -1)) do
  open = open + redis.call('HLEN', prefix .. 'taken:' .. worker)
end
return open
"""
"""What waits, and what is in anybody's hands."""

RETIRE: Final = (
    _REAP
    + """
local since = tonumber(ARGV[4])
if not alive(me) then return {'left', '0'} end
for _, worker in ipairs(redis.call('ZRANGEBYSCORE', workers, '(' .. since, '+inf')) do
  if since > 0 and worker ~= me then
    for _, data in ipairs(redis.call('HVALS', prefix .. 'taken:' .. me)) do redis.call('RPUSH', queue, data) end
    redis.call('DEL', prefix .. 'taken:' .. me)
    redis.call('ZREM', workers, me)
    return {'left', '0'}
  end
end
redis.call('ZADD', workers, now, me)
if redis.call('ZCARD', workers) > 1 then return {'wait', tostring(now)} end
redis.call('SET', prefix .. 'closing', me, 'PX', ARGV[5])
return {'last', '0'}
"""
)
"""A worker goes once another one is sure to live, by a beat since it first asked (ARGV[4], which `wait` tells); the
last one judges the run, and nobody comes meanwhile. A worker that was killed just now looks alive, but has no such
beat."""

TURN: Final = (
    _NOW
    + """
local turn, pause = KEYS[1], KEYS[2]
local prefix, me, ttl, delay = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
if redis.call('HEXISTS', prefix .. 'crawl', 'end') == 1 then return -2 end
if redis.call('GET', turn) then return -1 end
local next_at = tonumber(redis.call('GET', pause) or '0')
if next_at > now then return next_at - now end
redis.call('SET', turn, me, 'PX', ttl)
redis.call('SET', pause, string.format('%.0f', now + delay), 'PX', math.max(delay, 1))
return 0
"""
)
"""0: it is this worker's turn; -1: another one is being answered; -2: never, the crawl ends; else ms to wait."""

YIELD: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""
"""The answer came, or none will."""

REST: Final = (
    _NOW
    + """
local until_ = now + tonumber(ARGV[1])
if until_ > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], string.format('%.0f', until_), 'PX', math.max(tonumber(ARGV[1]), 1))
end
return 1
"""
)
"""The site asked for rest: nobody's turn comes before."""
