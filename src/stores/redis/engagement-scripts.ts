import { createRedisScript } from '../../redis/redis-script.ts';
import { TRENDING_HALF_LIFE_HOURS, TRENDING_HOURS, VIEWS_PER_SHARE } from '../engagement-weights.ts';

/*
 * One edition's counters lie under one root, whose braces put them into one slot of a cluster:
 *
 *   :t:ID      hash   v, s: all time; no end
 *   :d:DAY:ID  hash   v0 to v23, s0 to s23: one article's hours of one day
 *   :v:HOUR    set    the articles viewed in an hour, by views
 *   :V:DAY     set    the same of a day
 *   :w:HOUR    set    by what counts for trending
 *   :o:DIGEST  text   an event that is not to be counted again: the token it came with
 *   :carrying  text   who is bringing what SQL knows
 *   :carried   text   what SQL knew has been carried over: without it there is nothing here yet
 *
 * Hours and days are numbered from 1970, UTC. Scores are negative: the best first, and ties by id, as Redis sorts them.
 */

const DAY_SECONDS = 86_400;
/** The longest window, 720 hours with the running one, touches 31 days; from the last event of each on. */
const KEEP_SECONDS = 32 * DAY_SECONDS;
const KEEP_TRENDING_SECONDS = 3 * DAY_SECONDS;
/** Told again after a failure, an event comes within seconds; told twice by its client, within its minute. */
const ONCE_SECONDS = 10 * 60;

/** Of an hour or a day that is over, the best are ranked: who is never among a thousand is hardly among a hundred over all. */
const RANKED_LIMIT = 1_000;
/** Of the running one, so many at least: who comes late begins below. */
const RUNNING_LIMIT = 5_000;

/** What a script says of an edition of which nothing is here yet. */
export const NOTHING_HERE = 'nothing here';
const ONLY_WHERE_CARRIED = `if redis.call('EXISTS', KEYS[1] .. ':carried') == 0 then return '${NOTHING_HERE}' end`;

/**
 * Counts events: once or nothing, token or nothing, id, hour, views and shares of each. Gives 1 for each that was counted,
 * now or before with the same token, whose answer may have been lost; 0 for one that somebody else has told.
 */
export const RECORD = createRedisScript(
  'record',
  `${ONLY_WHERE_CARRIED}
local root, counted = KEYS[1], {}
local function rank(name, period, id, by, life)
  local key = root .. name .. period
  if redis.call('EXISTS', key) == 0 then
    redis.call('ZREMRANGEBYRANK', root .. name .. (period - 1), ${RANKED_LIMIT}, -1)
  end
  redis.call('ZINCRBY', key, -by, id)
  redis.call('EXPIRE', key, life)
  if redis.call('ZCARD', key) > ${2 * RUNNING_LIMIT} then redis.call('ZREMRANGEBYRANK', key, ${RUNNING_LIMIT}, -1) end
end
for i = 1, #ARGV, 6 do
  counted[#counted + 1] = 0
  local once, token, id, hour = ARGV[i], ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  local views, shares = tonumber(ARGV[i + 4]), tonumber(ARGV[i + 5])
  if once == '' or redis.call('SET', root .. ':o:' .. once, token, 'EX', ${ONCE_SECONDS}, 'NX') then
    local day = math.floor(hour / 24)
    local total, hours = root .. ':t:' .. id, root .. ':d:' .. day .. ':' .. id
    if views > 0 then
      redis.call('HINCRBY', total, 'v', views)
      redis.call('HINCRBY', hours, 'v' .. (hour % 24), views)
      rank(':v:', hour, id, views, ${KEEP_SECONDS})
      rank(':V:', day, id, views, ${KEEP_SECONDS})
    end
    if shares > 0 then
      redis.call('HINCRBY', total, 's', shares)
      redis.call('HINCRBY', hours, 's' .. (hour % 24), shares)
    end
    redis.call('EXPIRE', hours, ${KEEP_SECONDS})
    rank(':w:', hour, id, views + ${VIEWS_PER_SHARE} * shares, ${KEEP_TRENDING_SECONDS})
    counted[#counted] = 1
  elseif token ~= '' and redis.call('GET', root .. ':o:' .. once) == token then
    counted[#counted] = 1
  end
end
return counted`,
);

/** The running hour; then id, `v` or `s`, and hours (0: all time) of each. Gives a number for each. */
export const COUNT = createRedisScript(
  'count',
  `${ONLY_WHERE_CARRIED}
local root, now = KEYS[1], tonumber(ARGV[1])
local read, counts = {}, {}
for i = 2, #ARGV, 3 do
  local id, kind, hours, sum = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2]), 0
  if hours == 0 then
    sum = tonumber(redis.call('HGET', root .. ':t:' .. id, kind) or 0)
  else
    local first = now - hours + 1
    for day = math.floor(first / 24), math.floor(now / 24) do
      local key = root .. ':d:' .. day .. ':' .. id
      read[key] = read[key] or redis.call('HGETALL', key)
      local fields = read[key]
      for f = 1, #fields, 2 do
        local hour = 24 * day + tonumber(string.sub(fields[f], 2))
        if string.sub(fields[f], 1, 1) == kind and hour >= first and hour <= now then
          sum = sum + tonumber(fields[f + 1])
        end
      end
    end
  end
  counts[#counts + 1] = sum
end
return counts`,
);

/** Scores nearer to each other than this are equal: the order in which they were added up does not decide. */
export const SCORE_DIGITS = 6;
/** Of those that are equal to the last one asked for, so many are looked at. */
const TIES_LIMIT = 1_000;

/** The running hour; then hours (0: trending) and how many of each. Gives ids and scores in turn for each. */
export const RANK = createRedisScript(
  'rank',
  `${ONLY_WHERE_CARRIED}
local root, now = KEYS[1], tonumber(ARGV[1])
local sums, rankings = root .. ':sums', {}
for i = 2, #ARGV, 2 do
  local hours, most = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  local keys, weights = {}, {}
  local function add(name, weight)
    keys[#keys + 1] = root .. name
    weights[#weights + 1] = weight
  end
  if hours == 0 then
    for age = 0, ${TRENDING_HOURS - 1} do
      add(':w:' .. (now - age), string.format('%.17g', 0.5 ^ (age / ${TRENDING_HALF_LIFE_HOURS})))
    end
  else
    local hour = now - hours + 1
    while hour <= now do
      if hour % 24 == 0 and hour + 23 <= now then
        add(':V:' .. (hour / 24), 1)
        hour = hour + 24
      else
        add(':v:' .. hour, 1)
        hour = hour + 1
      end
    end
  end
  local call = { 'ZUNIONSTORE', sums, #keys }
  for _, key in ipairs(keys) do call[#call + 1] = key end
  call[#call + 1] = 'WEIGHTS'
  for _, weight in ipairs(weights) do call[#call + 1] = weight end
  redis.call(unpack(call))
  local last = redis.call('ZRANGE', sums, most - 1, most - 1, 'WITHSCORES')
  local bound = #last == 0 and '+inf' or string.format('%.17g', tonumber(last[2]) + 1e-${SCORE_DIGITS})
  rankings[#rankings + 1] = redis.call('ZRANGEBYSCORE', sums, '-inf', bound, 'WITHSCORES', 'LIMIT', 0, most + ${TIES_LIMIT})
end
redis.call('DEL', sums)
return rankings`,
);

/**
 * Writes what SQL counted: the token of the claim and how long it holds from now; then id, hour, views and shares of each,
 * or all time where the hour is -1. The same again alters nothing, so that one who died on the way is followed by another
 * from the beginning. Gives 0 to whoever no longer holds the claim, be it that Redis was emptied meanwhile.
 */
export const CARRY = createRedisScript(
  'record',
  `local root = KEYS[1]
if redis.call('EXISTS', root .. ':carried') == 1 then return 0 end
if redis.call('GET', root .. ':carrying') ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', root .. ':carrying', ARGV[2])
local function rank(name, period, id, by, life)
  local key = root .. name .. period
  redis.call('ZADD', key, -by, id)
  redis.call('EXPIRE', key, life)
  if redis.call('ZCARD', key) > ${2 * RUNNING_LIMIT} then redis.call('ZREMRANGEBYRANK', key, ${RUNNING_LIMIT}, -1) end
end
for i = 3, #ARGV, 4 do
  local id, hour, views, shares = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  if hour < 0 then
    redis.call('HSET', root .. ':t:' .. id, 'v', views, 's', shares)
  else
    local day = math.floor(hour / 24)
    local hours, sum = root .. ':d:' .. day .. ':' .. id, 0
    redis.call('HSET', hours, 'v' .. (hour % 24), views, 's' .. (hour % 24), shares)
    redis.call('EXPIRE', hours, ${KEEP_SECONDS})
    local fields = redis.call('HGETALL', hours)
    for f = 1, #fields, 2 do
      if string.sub(fields[f], 1, 1) == 'v' then sum = sum + tonumber(fields[f + 1]) end
    end
    if views > 0 then rank(':v:', hour, id, views, ${KEEP_SECONDS}) end
    if sum > 0 then rank(':V:', day, id, sum, ${KEEP_SECONDS}) end
    if views + shares > 0 then rank(':w:', hour, id, views + ${VIEWS_PER_SHARE} * shares, ${KEEP_TRENDING_SECONDS}) end
  end
end
return 1`,
);

/** Says that everything SQL knew is here: the token of the claim. Gives 0 to whoever no longer holds it. */
export const CARRIED = createRedisScript(
  'record',
  `if redis.call('GET', KEYS[1] .. ':carrying') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1] .. ':carried', 1)
return 1`,
);
