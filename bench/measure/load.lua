-- One POST over and over, each with values of a line that is chosen at random, or of the next one; the percentiles as a line that a
-- script reads. A line of VALUES has what replaces @VALUE@ in the body, a tab, and what replaces it in the address.
local function read(name)
  local file = assert(io.open(os.getenv(name)))
  local text = file:read("*a")
  file:close()
  return text
end

local body, token = read("BODY"), os.getenv("TOKEN")
local bodies = {}
local in_order, place = os.getenv("IN_ORDER") == "1", 0

function init(args)
  math.randomseed(tonumber(os.getenv("SEED")))
  local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. token }
  local path = wrk.path
  for value, query in read("VALUES"):gmatch("([^\t\n]*)\t([^\n]*)\n") do
    local with_value = body:gsub("@VALUE@", (value:gsub("%%", "%%%%")))
    bodies[#bodies + 1] = wrk.format("POST", path .. query, headers, with_value)
  end
end

function request()
  if in_order then
    place = place % #bodies + 1
    return bodies[place]
  end
  return bodies[math.random(#bodies)]
end

function done(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("RESULT %d %.3f %.2f %.2f %.2f %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, failed))
end
