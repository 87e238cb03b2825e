/** The package promises Node 18, whatever runs these tests. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

/** What Node learnt after 18.0 and is at hand in a package like this one. */
const LATER = new RegExp(
  [
    String.raw`\.(toSorted|toReversed|toSpliced|isWellFormed|toWellFormed|union|intersection)\(`,
    String.raw`\b(Promise\.(withResolvers|try)|(Object|Map)\.groupBy|Array\.fromAsync)\b`,
    String.raw`import\.meta\.(dirname|filename|resolve)|process\.(loadEnvFile|getBuiltinModule)`,
    String.raw`node:(sqlite|sea|util\/parseEnv)|\b(WebSocket|Iterator|CustomEvent)\b`,
    String.raw`Symbol\.(asyncD|d)ispose|\bawait using\b|\/[a-z]*v[a-z]*\.(test|exec)\(`,
    String.raw`\bmodule\.register\(`,
  ].join("|"),
);

const files = ["src", "bin"].flatMap((folder) => {
  const url = new URL(`../${folder}/`, import.meta.url);
  return readdirSync(url).map((name) => new URL(name, url));
});

test("nothing later than Node 18 is used, or only where it is there", () => {
  assert.ok(files.length > 10);
  for (const file of files) {
    assert.doesNotMatch(readFileSync(file, "utf8"), LATER, file.pathname);
  }
});
