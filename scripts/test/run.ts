import { spawn } from "node:child_process";
import { once } from "node:events";

export type Command = {
  command: string[];
  env?: Record<string, string | undefined>;
  cwd?: string;
  quiet?: boolean;
};
export type Result = { isOk: boolean; output: string };

/** Runs a command to its end; `quiet` collects its output instead of showing it. Never throws for its failure. */
export async function run({ command, env, cwd, quiet = false }: Command): Promise<Result> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    cwd,
    env: { ...process.env, ...env },
  });
  const printed: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  try {
    const [code] = await once(child, "close");
    return { isOk: code === 0, output: printed.join("") };
  } catch (error) {
    return { isOk: false, output: String(error) };
  }
}

/** A heading, the work, how long it took and whether it held. */
export async function step(title: string, work: () => Promise<boolean>): Promise<boolean> {
  const startedAt = performance.now();
  process.stdout.write(`\n── ${title}\n`);
  const isOk = await work();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${isOk ? "✓" : "✗"} ${title}: ${isOk ? "passed" : "FAILED"} in ${seconds} s\n`);
  return isOk;
}
