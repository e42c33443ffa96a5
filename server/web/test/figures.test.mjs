import assert from "node:assert/strict";
import { test } from "node:test";
import { quantile, rate, samples, snapshot } from "../src/figures.js";

const SUGGEST = 'route="POST /v1/models/{name}/suggest",status="200"';

function scrape(fast, slow) {
  return [
    "# HELP longtail_requests_seconds requests by route and status",
    "# TYPE longtail_requests_seconds histogram",
    `longtail_requests_seconds_bucket{${SUGGEST},le="0.001"} ${fast}`,
    `longtail_requests_seconds_bucket{${SUGGEST},le="0.01"} ${fast + slow}`,
    `longtail_requests_seconds_bucket{${SUGGEST},le="+Inf"} ${fast + slow}`,
    `longtail_requests_seconds_count{${SUGGEST}} ${fast + slow}`,
    `longtail_requests_seconds_sum{${SUGGEST}} 0.5`,
    'longtail_requests_seconds_count{route="GET /metrics",status="200"} 99',
    'longtail_requests_seconds_count{route="unmatched",status="500"} 2',
    'longtail_texts_total{model="first"} 12.0',
    'longtail_suggestions_total{model="first"} 120.0',
    'jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 1.5E6',
    'jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 7.0E6',
    "longtail_queue_length 3.0",
    "longtail_queue_capacity 64.0",
  ].join("\n");
}

test("lines are read with their labels", () => {
  assert.deepEqual(samples('a{x="1, {2}",y="say \\"no\\""} +Inf\nb 2.5\n# c 1\n'), [
    { name: "a", labels: { x: "1, {2}", y: 'say "no"' }, value: Infinity },
    { name: "b", labels: {}, value: 2.5 },
  ]);
});

test("a snapshot counts questions and leaves out who watches", () => {
  const now = snapshot(scrape(8, 2), 1000);
  assert.equal(now.questions, 10);
  assert.equal(now.failed, 2);
  assert.equal(now.waiting, 3);
  assert.equal(now.heap, 1.5e6);
  assert.deepEqual(now.models.get("first"), { texts: 12, suggestions: 120 });
  assert.equal(now.routes[0].route, "GET /metrics");
});

test("rates and times are those between two snapshots", () => {
  const before = snapshot(scrape(100, 0), 0);
  const after = snapshot(scrape(108, 2), 5000);
  assert.equal(rate(before, after), 2);
  assert.ok(Math.abs(quantile(before, after, 0.5) - 0.000625) < 1e-12);
  assert.ok(Math.abs(quantile(before, after, 0.9) - 0.0055) < 1e-12);
  assert.ok(Number.isNaN(quantile(after, after, 0.5)));
  assert.ok(Number.isNaN(quantile(before, snapshot("", 1), 0.5)));
});
