-- A POST of about 300 bytes, the same for every run.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"username":"Ada Lovelace","email":"ada.lovelace@example.com","subscribe":true,'
  .. '"company":"Analytical Engines Ltd","country":"GB","locale":"en-GB","source":"landing-page-b",'
  .. '"campaign":"spring-2026","referrer":"https://example.org/engines/difference","consent":{"terms":true,"version":7},'
  .. '"note":"met at the exhibition"}'
