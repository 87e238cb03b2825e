-- What wrk sends, and what it says in the end: one line of sums, then the histogram.
--   wrk ... URL -- signups [PREFER]    POSTs of about 300 bytes, from ten thousand people in turn
--   wrk ... URL -- get FILE [TOKEN]    GETs of the paths in a file, line by line, over and over
local PEOPLE = 10000
local requests, turn = {}, 0

local function signups(prefer)
  local headers = { ["Content-Type"] = "application/json", ["Prefer"] = prefer }
  for person = 1, PEOPLE do
    local body = '{"username":"Ada Lovelace","email":"'
      .. string.format("ada.%07d@example.com", person)
      .. '","subscribe":true,"company":"Analytical Engines Ltd","country":"GB","locale":"en-GB",'
      .. '"source":"landing-page-b","campaign":"spring-2026",'
      .. '"referrer":"https://example.org/engines/difference","consent":{"terms":true,"version":7},'
      .. '"note":"met at the exhibition"}'
    requests[person] = wrk.format("POST", nil, headers, body)
  end
end

local function gets(file, token)
  local headers = { ["Authorization"] = token and ("Bearer " .. token) }
  for path in io.lines(file) do
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function init(arguments)
  if arguments[1] == "get" then
    gets(arguments[2], arguments[3])
  else
    signups(arguments[2])
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("sums %d %d %d %d\n", summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
  for i = 1, #latency do
    io.write(string.format("micros %d %d\n", latency(i)))
  end
end
