/** Starts a module in a thread of its own, so that its work never delays a call. */
import { Worker, type WorkerOptions } from 'node:worker_threads';

const OPTIONS: WorkerOptions = {
  // What the process was started with is for the process: `--input-type` would even keep a thread from starting.
  execArgv: [],
  // A broken file can make a decoder collect without end: that ends the thread, not the machine's memory.
  resourceLimits: { maxOldGenerationSizeMb: 256 },
};

/**
 * The address of a module beside the one at `from`, whatever it is compiled to: give its name without an extension
 * and `import.meta.url`.
 */
export function besides(name: string, from: string): URL {
  return new URL(`${name}${isSource(from) ? '.ts' : '.js'}`, from);
}

export function startThread(module: URL): Worker {
  if (!isSource(module.href)) return new Worker(module, OPTIONS);
  // From its TypeScript source, as in the tests. On Node 20 the loader they run under does not reach into threads.
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import(${loader}).then(({ register }) => (register(), import(${JSON.stringify(module.href)})));`;
  return new Worker(code, { ...OPTIONS, eval: true });
}

function isSource(url: string): boolean {
  return url.endsWith('.ts');
}
