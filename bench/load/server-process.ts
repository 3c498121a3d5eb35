/** A server under load, seen from the process that loads it. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Question, ServerKind, Vitals } from './server.js';

type Asked = Question extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never;

export class ServerProcess {
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #nextId = 1;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.on('message', ({ id, answer }: { id: number; answer: unknown }) => {
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    });
  }

  static async start(kind: ServerKind): Promise<ServerProcess> {
    const file = fileURLToPath(new URL('server.ts', import.meta.url));
    const child = fork(file, [kind], { execArgv: ['--import', 'tsx', '--expose-gc'] });
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return new ServerProcess(child, `ws://127.0.0.1:${port}`);
  }

  vitals(): Promise<Vitals> {
    return this.#ask({ ask: 'vitals' }) as Promise<Vitals>;
  }

  answer(offer: string, pair: number): Promise<string> {
    return this.#ask({ ask: 'answer', offer, pair }) as Promise<string>;
  }

  async close(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill();
    await gone;
  }

  #ask(question: Asked): Promise<unknown> {
    return new Promise((resolve) => {
      const id = this.#nextId++;
      this.#waiting.set(id, resolve);
      this.child.send({ id, ...question });
    });
  }
}
