/** A web site of somebody: pages with tags of the kit, which comes from the phone system, under a strict policy. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Demo } from './demo.js';

export interface KitSite {
  readonly url: string;
  close(): void;
}

/** Serves pages by path: what is in the body of each. */
export async function startKitSite(demo: Demo, pages: Readonly<Record<string, string>>): Promise<KitSite> {
  const policy = [
    "default-src 'none'",
    `script-src ${demo.url}`,
    `style-src ${demo.url}`,
    `connect-src ${demo.url} ${demo.url.replace('http', 'ws')}`,
    "require-trusted-types-for 'script'",
  ].join('; ');
  const server = createServer((request, response) => {
    const body = pages[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, {
      'content-security-policy': policy,
      'content-type': 'text/html; charset=utf-8',
    });
    response.end(`<!doctype html><html lang="en"><title>A page</title>
      <script type="module" src="${demo.url}/ozeki-webphone.js"></script>
      ${body ?? ''}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}
