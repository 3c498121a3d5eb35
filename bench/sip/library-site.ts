/** A web site with the page of the bare libraries, bundled. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

export interface LibrarySite {
  readonly url: string;
  close(): Promise<void>;
}

export async function startLibrarySite(): Promise<LibrarySite> {
  const folder = await mkdtemp(join(tmpdir(), 'ozeki-bench-sip-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        target: 'es2022',
        outDir: folder,
        emptyOutDir: true,
        lib: {
          entry: join(import.meta.dirname, 'library-page.ts'),
          formats: ['es'],
          fileName: () => 'page.js',
        },
      },
    });
    const script = await readFile(join(folder, 'page.js'));
    const server = createServer((request, response) => {
      if (request.url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script);
      else {
        response
          .setHeader('content-type', 'text/html')
          .end('<!doctype html><title>Bare</title><script type="module" src="/page.js"></script>');
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      async close() {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
