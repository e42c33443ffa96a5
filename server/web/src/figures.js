// The server's figures: from the text that Prometheus reads to rates and times of the last minute.

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** The samples of a text: [{name, labels, value}]. */
export function samples(text) {
  const found = [];
  for (const line of text.split("\n")) {
    const parts = line.startsWith("#") ? null : LINE.exec(line);
    if (parts) {
      const labels = {};
      for (const [, name, value] of (parts[2] ?? "").matchAll(LABEL)) {
        labels[name] = value.replace(/\\(.)/g, (all, c) => (c === "n" ? "\n" : c));
      }
      found.push({ name: parts[1], labels, value: Number(parts[3].replace("+Inf", "Infinity")) });
    }
  }
  return found;
}

// The page's own questions for figures, its files and what nobody computes would drown what people ask.
const COUNTED = /\/(suggest|suggest-batch|infer|explain)$/;

/** What is shown of one scrape. */
export function snapshot(text, time) {
  const all = samples(text);
  const one = (name) => all.find((sample) => sample.name === name)?.value ?? 0;
  const routes = new Map();
  const buckets = new Map();
  for (const { name, labels, value } of all) {
    if (name === "longtail_requests_seconds_count" || name === "longtail_requests_seconds_sum") {
      const key = `${labels.route} ${labels.status}`;
      const entry = routes.get(key) ?? { route: labels.route, status: Number(labels.status), count: 0, seconds: 0 };
      entry[name.endsWith("_count") ? "count" : "seconds"] = value;
      routes.set(key, entry);
    } else if (name === "longtail_requests_seconds_bucket" && labels.status === "200" && COUNTED.test(labels.route)) {
      const bound = Number(labels.le.replace("+Inf", "Infinity"));
      buckets.set(bound, (buckets.get(bound) ?? 0) + value);
    }
  }
  const models = new Map();
  for (const { name, labels, value } of all) {
    const field = { longtail_texts_total: "texts", longtail_suggestions_total: "suggestions" }[name];
    if (field) models.set(labels.model, { texts: 0, suggestions: 0, ...models.get(labels.model), [field]: value });
  }
  const heap = all.filter((sample) => sample.name === "jvm_memory_used_bytes" && sample.labels.area === "heap");
  const work = [...routes.values()].filter((entry) => COUNTED.test(entry.route));
  return {
    time,
    routes: [...routes.values()].sort((a, b) => b.count - a.count),
    models,
    buckets: [...buckets].sort((a, b) => a[0] - b[0]),
    questions: work.reduce((sum, entry) => sum + entry.count, 0),
    failed: [...routes.values()].filter((entry) => entry.status >= 500).reduce((sum, entry) => sum + entry.count, 0),
    waiting: one("longtail_queue_length"),
    capacity: one("longtail_queue_capacity"),
    busy: one("longtail_threads_busy"),
    threads: one("longtail_threads"),
    heap: heap.reduce((sum, sample) => sum + sample.value, 0),
  };
}

/** Questions a second between two snapshots. */
export function rate(earlier, later) {
  const seconds = (later.time - earlier.time) / 1000;
  return seconds > 0 ? Math.max(0, later.questions - earlier.questions) / seconds : 0;
}

/**
 * The time that a share of the questions between two snapshots stayed below: within the bucket it falls in, as if times
 * were spread evenly there. NaN when nothing was asked.
 */
export function quantile(earlier, later, share) {
  const before = new Map(earlier ? earlier.buckets : []);
  const counts = later.buckets.map(([bound, value]) => [bound, value - (before.get(bound) ?? 0)]);
  const total = counts.length === 0 ? 0 : counts[counts.length - 1][1];
  if (total <= 0) return NaN;
  const wanted = share * total;
  let [from, below] = [0, 0];
  for (const [bound, upTo] of counts) {
    if (upTo >= wanted) {
      return bound === Infinity ? from : from + ((wanted - below) / (upTo - below)) * (bound - from);
    }
    [from, below] = [bound, upTo];
  }
  return from;
}
