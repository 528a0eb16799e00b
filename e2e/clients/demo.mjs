// Starts the demo of the real program and waits for its ready line.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

// generous: a debug build on a busy machine
const READY_MS = 120_000;
const STOP_MS = 10_000;

export async function startDemo(binary) {
  const child = spawn(binary, ["demo", "--json", "--no-open"], { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => { log = (log + text).slice(-8_000); });
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  const ready = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      let event;
      try { event = JSON.parse(line); } catch { return; }
      if (event.event === "ready") resolve(event);
    });
  });
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(() => resolve(null), READY_MS); });
  const first = await Promise.race([ready, late, ended.then((end) => ({ end }))]);
  clearTimeout(timer);
  if (!first || first.end) {
    child.kill("SIGKILL");
    const how = first ? `ended with ${JSON.stringify(first.end)}` : `was not ready in ${READY_MS} ms`;
    throw new Error(`the demo ${how}; the end of its log:\n${log}`);
  }
  return {
    ready: first,
    log: () => log,
    /** Asks it to end, and says how it did. */
    async stop() {
      child.kill("SIGINT");
      let timer;
      const late = new Promise((resolve) => { timer = setTimeout(() => resolve(null), STOP_MS); });
      const end = await Promise.race([ended, late]);
      clearTimeout(timer);
      if (!end) child.kill("SIGKILL");
      return end;
    },
  };
}
