/** The built command as a process of its own, which a test can kill and start again at the same place. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Command {
  #process: ChildProcess | null = null;
  readonly #data = mkdtempSync(join(tmpdir(), 'ozeki-command-'));

  private constructor(private readonly ports: readonly number[]) {}

  /** Starts the demo on ports that are free now. */
  static async start(): Promise<Command> {
    const command = new Command(await freePorts(3));
    await command.run();
    return command;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports[0]}`;
  }

  /** Starts it, again with the same ports and data; resolves when it is up. */
  async run(): Promise<void> {
    const [port, gateway, api] = this.ports.map(String);
    const args = ['--port', port!, '--gateway-port', gateway!, '--api-port', api!, '--data', this.#data];
    const child = spawn(process.execPath, ['dist/pbx/cli/main.js', '--demo', ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#process = child;
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += String(chunk)));
    while (!/demo-1004/.test(printed)) {
      const [end] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as unknown[];
      if (typeof end === 'number') throw new Error(`the command ended with ${end}`);
    }
  }

  /** Ends it at once, without a word to anybody. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    this.#process = null;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
