/** A program that uses the HTTP API. */
import assert from 'node:assert/strict';
import { readXml } from '../../../src/pbx/xml/index.js';
import type { XmlElement } from '../../../src/pbx/xml/index.js';

export interface Answer {
  readonly code: number;
  readonly message: string;
  readonly token: string | undefined;
  readonly text: string;
  readonly root: XmlElement;
  /** The texts of all elements of a name, in order. */
  all(name: string): string[];
}

/** Sends a command and reads the answer, which is 200 and XML whatever becomes of it. */
export async function send(
  { apiUrl }: { readonly apiUrl: string },
  parameters: Record<string, string> | string,
  {
    post = false,
    path = '/',
    headers = {},
  }: { post?: boolean; path?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const form = new URLSearchParams(parameters).toString();
  const response = post
    ? await fetch(apiUrl + path, {
        method: 'POST',
        body: form,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    : await fetch(`${apiUrl}${path}?${form}`, { headers });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  assert.equal(response.headers.get('content-type'), 'application/xml; charset=utf-8');
  assert.equal(response.headers.get('access-control-allow-origin'), null);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.match(text, /^<\?xml version="1\.0"\?><Response [^>]*>.*<\/Response>$/s);
  const root = readXml(text, { maxLength: 1_000_000 });
  const all = (name: string) => textsOf(root, name);
  return {
    ...{ root, text, all },
    code: Number(all('Code')[0]),
    message: all('Message')[0] ?? '',
    token: all('SecurityToken')[0],
  };
}

function textsOf({ children }: XmlElement, name: string): string[] {
  return children.flatMap((child) => [...(child.name === name ? [child.text] : []), ...textsOf(child, name)]);
}

/** An element as a plain object, for comparisons. */
export function plain({ name, text, children }: XmlElement): unknown {
  return { [name]: children.length > 0 ? children.map(plain) : text };
}
