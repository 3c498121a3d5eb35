/** A file held in memory: its content hash is its ETag, and it is compressed when first asked for. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

type Encoding = 'br' | 'gzip';

const COMPRESS: Record<Encoding, (content: Buffer) => Promise<Buffer>> = {
  br: (content) => promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (content) => promisify(gzip)(content, { level: 9 }),
};

export class Asset {
  readonly #hash: string;
  readonly #compressed = new Map<Encoding, Promise<Buffer>>();

  constructor(
    readonly content: Buffer,
    readonly type: string,
    /** The `cache-control` header. */
    readonly caching: string,
  ) {
    this.#hash = createHash('sha256').update(content).digest('base64url').slice(0, 27);
  }

  /** Answers a request with the file, or with 304 when the browser has it. */
  async send(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const encoding = preferredEncoding(request.headers['accept-encoding']);
    // Each encoding is a representation of its own, with a strong ETag of its own (RFC 9110, 8.8.3).
    const etag = encoding ? `"${this.#hash}-${encoding}"` : `"${this.#hash}"`;
    reply.headers({ 'cache-control': this.caching, etag, vary: 'accept-encoding' });
    if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
    reply.type(this.type);
    if (!encoding) return reply.send(this.content);
    return reply.header('content-encoding', encoding).send(await this.#encode(encoding));
  }

  #encode(encoding: Encoding): Promise<Buffer> {
    const ready = this.#compressed.get(encoding) ?? COMPRESS[encoding](this.content);
    this.#compressed.set(encoding, ready);
    return ready;
  }
}

/** The best encoding the browser takes, or null for none (RFC 9110, 12.5.3; `q=0` refuses one). */
function preferredEncoding(header: string | string[] | undefined): Encoding | null {
  const accepted = new Set(
    String(header ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';').map((piece) => piece.trim()))
      .filter(([, ...parameters]) => !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)))
      .map(([name]) => name),
  );
  return (['br', 'gzip'] as const).find((encoding) => accepted.has(encoding)) ?? null;
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .map((part) => part.trim().replace(/^W\//, ''))
    .some((candidate) => candidate === '*' || candidate === etag);
}
