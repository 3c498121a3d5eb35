/** Files of the web that scripts play, kept as long as their server says (RFC 9111). */
import { createHash } from 'node:crypto';
import CachePolicy from 'http-cache-semantics';
import type { WebAnswer, WebClient } from '../web-client/index.js';
import { WebError } from '../web-client/index.js';
import { Failure, FAILURE } from './failure.js';

/** A file, and what tells it from what the same address brought before. */
export interface WebFile {
  readonly version: string;
  readonly body: Buffer;
}

interface Kept extends WebFile {
  readonly policy: CachePolicy;
}

/** For one file, from looking up its host to its last byte. */
const TIMEOUT_MS = 15_000;
export const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** For all that are kept. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

export class WebFiles {
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly client: WebClient,
    private readonly allowTargets: () => readonly string[],
  ) {}

  /**
   * A file by its address, which a command or a script named.
   * @throws WebError when it cannot be had
   */
  async get(url: string, signal?: AbortSignal): Promise<WebFile> {
    const kept = this.#kept.get(url);
    const request = { url, method: 'GET', headers: {} };
    if (kept?.policy.satisfiesWithoutRevalidation(request)) return kept;
    const headers = (kept?.policy.revalidationHeaders(request) ?? {}) as Record<string, string>;
    const answer = await this.client(
      { target: { url, trusted: false }, headers },
      {
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_FILE_BYTES,
        allowTargets: this.allowTargets(),
        signals: signal ? [signal] : [],
      },
    );
    const response = { status: answer.status, headers: answer.headers };
    if (kept && answer.status === 304) {
      const { policy } = kept.policy.revalidatedPolicy({ ...request, headers }, response);
      return this.#keep(url, { ...kept, policy });
    }
    return this.#keep(url, { ...fresh(answer), policy: new CachePolicy(request, response) });
  }

  /** What an error is for the command that named the file; others stay what they are. */
  failure(error: unknown, wrong: (why: string, cause?: unknown) => Failure): unknown {
    if (!(error instanceof WebError)) return error;
    if (error.kind === 'refused-target') return forbiddenAddress(error.message, error);
    return wrong(error.message, error);
  }

  #keep(url: string, file: Kept): Kept {
    this.#kept.delete(url);
    if (file.policy.storable()) this.#kept.set(url, file);
    let bytes = 0;
    for (const [kept, { body }] of [...this.#kept].reverse()) {
      bytes += body.length;
      if (bytes > MAX_KEPT_BYTES) this.#kept.delete(kept);
    }
    return file;
  }
}

function fresh({ body }: WebAnswer): WebFile {
  return { version: createHash('sha256').update(body).digest('base64url'), body };
}

/** An address that is private and not among those the configuration allows. */
export function forbiddenAddress(message: string, cause: unknown): Failure {
  return new Failure(FAILURE.forbiddenAddress, `Forbidden address: ${message}`, { cause });
}
