// Bundles the page into the server's resources, where it is committed, so that Maven builds without npm.
// With --check nothing is written: the build must give the bytes that are there.
import { build } from "esbuild";
import { readFile, readdir, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const sources = new URL("src/", import.meta.url);
const target = new URL("../src/main/resources/dev/longtail/server/page/", import.meta.url);

const result = await build({
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  entryPoints: { app: "src/main.jsx", style: "src/app.css" },
  outdir: "out",
  write: false,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  target: "es2020",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  banner: { js: "/*! Longtail, Apache License 2.0; holds Preact, copyright Jason Miller, MIT License (NOTICE) */" },
});

const files = new Map();
for (const file of result.outputFiles) {
  const name = file.path.split("/").pop();
  files.set(name === "style.css" ? "app.css" : name, Buffer.from(file.contents));
}
for (const name of ["index.html", "icon.svg"]) {
  files.set(name, await readFile(new URL(name, sources)));
}

if (process.argv.includes("--check")) {
  const wrong = [];
  for (const [name, bytes] of files) {
    const committed = await readFile(new URL(name, target)).catch(() => Buffer.alloc(0));
    if (!committed.equals(bytes)) wrong.push(name);
  }
  for (const name of await readdir(target)) {
    if (!files.has(name)) wrong.push(name);
  }
  if (wrong.length > 0) {
    console.error(`the page is not what its sources give: ${wrong.join(", ")}; run npm run build in server/web`);
    process.exit(1);
  }
} else {
  await mkdir(target, { recursive: true });
  for (const [name, bytes] of files) await writeFile(new URL(name, target), bytes);
}
for (const [name, bytes] of files) console.log(`${name} ${bytes.length} bytes`);
