// A real server for the tests of the page: two models of the sample that comes with the source, and a report.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
/** The command, for those who have it elsewhere. */
const longtail = process.env.LONGTAIL ?? `${repository}longtail`;
const sample = `${repository}examples/data/finna-yso-sample/`;
export const target = `${repository}server/target/page/`;
export const TOKEN = "0123456789abcdef-of-the-page";

function run(...words) {
  const ran = spawnSync(longtail, words, { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`longtail ${words.join(" ")}: ${ran.stderr}`);
}

/** Makes a file or folder once; it appears when it is complete. */
function make(name, how) {
  const path = target + name;
  if (!existsSync(path)) {
    const part = target + `part-${name}`;
    rmSync(part, { recursive: true, force: true });
    how(part);
    renameSync(part, path);
  }
  return path;
}

/** Trains what is not there yet, from the first lines of the sample. */
export function prepare() {
  mkdirSync(target, { recursive: true });
  const lines = gunzipSync(readFileSync(`${sample}train.tsv.gz`)).toString("utf8").split("\n");
  const few = make("few.tsv", (path) => writeFileSync(path, `${lines.slice(0, 20000).join("\n")}\n`));
  const labels = `${sample}labels.tsv.gz`;
  const small = make("small", (path) =>
    run("train", "--train", `${sample}train.tsv.gz`, "--validate", `${sample}validate.tsv.gz`, "--labels", labels,
      "--preset", "small", "--model", path));
  const anchors = make("anchors", (path) =>
    run("train", "--train", few, "--labels", labels, "--model", path, "--max-epochs", "2",
      "--set", "table.kind=anchors", "--set", "anchors.count=60", "--set", "anchors.links=10",
      "--set", "model.storedBits=32", "--set", "validationFraction=0"));
  const report = make("report.html", (path) =>
    run("report", "--model", small, "--test", `${sample}test.tsv.gz`, "--bootstrap", "50", "--output", path));
  return { small, anchors, report };
}

/** Starts a server; returns its address and what stops it. */
export async function serve({ small, anchors, report }) {
  const token = `${target}token`;
  writeFileSync(token, TOKEN);
  rmSync(`${small}.feedback`, { force: true }); // what a run before has sent
  const server = spawn(
    longtail,
    ["serve", "--model", `small=${small}`, "--model", `anchors=${anchors}`, "--report", `small=${report}`,
      "--token-file", token, "--port", "0", "--json", "--no-request-log", "--set", "maxTextLength=20000"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const line = await new Promise((told, failed) => {
    createInterface({ input: server.stdout }).once("line", told);
    server.once("exit", (code) => failed(new Error(`the server ended with ${code}`)));
  });
  return { address: JSON.parse(line).page, stop: () => server.kill("SIGTERM") };
}
