/** The body of an answer: no more than so much of it, decoded. */
import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { WebError } from './error.js';

const DECODERS: Readonly<Record<string, (() => Transform) | undefined>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Reads the body of what an address answers; it is cut off where it gets too long, encoded or decoded. */
export async function readBody(response: IncomingMessage, maxBytes: number, from: string): Promise<Buffer> {
  async function* limited(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let length = 0;
    for await (const chunk of source) {
      length += chunk.length;
      if (length > maxBytes) {
        throw new WebError('too-large', `The answer of ${from} is longer than ${maxBytes} bytes.`);
      }
      yield chunk;
    }
  }
  const coding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  // Not asked for by a header, but some sites encode all the same.
  const decoder = Object.hasOwn(DECODERS, coding) ? DECODERS[coding]?.() : undefined;
  if (!decoder && coding !== 'identity') {
    const shown = coding.slice(0, 32);
    throw new WebError('unreadable', `The answer of ${from} has the unknown content coding "${shown}".`);
  }
  const chunks: Buffer[] = [];
  const sink = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) chunks.push(chunk);
  };
  if (decoder) await pipeline(response, limited, decoder, limited, sink);
  else await pipeline(response, limited, sink);
  return Buffer.concat(chunks);
}

const MARKS: readonly (readonly [mark: readonly number[], charset: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
];

/**
 * The text of a body that is XML: by its byte order mark, else by the charset of its type, else by its own
 * declaration, else UTF-8 (RFC 7303, section 3). Undefined for a charset nobody knows.
 */
export function xmlText(body: Buffer, contentType = ''): string | undefined {
  const [, mark] = MARKS.find(([bytes]) => bytes.every((byte, index) => body[index] === byte)) ?? [];
  const [, said] = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType) ?? [];
  const start = body.subarray(0, 200).toString('latin1');
  const [, declared] = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start) ?? [];
  try {
    return new TextDecoder(mark ?? said ?? declared ?? 'utf-8').decode(body);
  } catch {
    return undefined;
  }
}
