/** A web site whose page has the built kit on it and reaches a SIP server; nothing else serves it. */
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import type { SipOptions } from '../../src/signaling/sip/options.js';

const KIT = new URL('../../dist/cdn/', import.meta.url).pathname;

export class SipSite {
  private constructor(private readonly server: Server) {}

  /** @param extra What else is on the page. */
  static async start(): Promise<SipSite> {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
      const send = (type: string, body: string | Buffer) =>
        response
          .setHeader('content-type', type)
          // As strict as a page can be while it uses the kit.
          .setHeader(
            'content-security-policy',
            "default-src 'none'; script-src 'self'; connect-src ws://127.0.0.1:*; require-trusted-types-for 'script'",
          )
          .end(body);
      if (pathname === '/') {
        send('text/html', page(searchParams));
        return;
      }
      readFile(join(KIT, normalize(pathname))).then(
        (body) => send('text/javascript', body),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SipSite(server);
  }

  /** The page for one server, with further tags, and the options of SIP. */
  url(server: string, more = '', sip: SipOptions = {}): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/?${String(new URLSearchParams({ server, more, sip: JSON.stringify(sip) }))}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const page = (asked: URLSearchParams) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>SIP</title>
<script type="module" src="/ozeki-webphone.js"></script></head>
<body><ozeki-client server="${asked.get('server')}" sip='${asked.get('sip')}'><ozeki-dialpad></ozeki-dialpad><ozeki-call></ozeki-call>${asked.get('more')}</ozeki-client></body></html>`;
