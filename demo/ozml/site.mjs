/**
 * A web site that talks with the phone system, as small as can be: what the examples beside it have in common.
 * The phone system posts a form, the site answers in OzML.
 */
import { createServer } from 'node:http';

/** A text as it may stand in OzML, in an attribute too. */
export const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** A whole answer. */
export const response = (...commands) => `<?xml version="1.0" encoding="UTF-8"?>
<Response>
${commands.join('\n')}
</Response>`;

/**
 * Starts the site. `answer(fields, url, address)` gets the fields of a notification, the address it came to and where
 * the site is reachable, and returns OzML, or nothing.
 * @returns {Promise<{ address: string, close(): Promise<void> }>}
 */
export async function startSite(answer, { port = 8080 } = {}) {
  let address = '';
  const server = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => (body += text));
    request.on('end', async () => {
      try {
        const fields = Object.fromEntries(new URLSearchParams(body));
        const ozml = await answer(fields, new URL(request.url, address), address);
        reply.writeHead(200, { 'content-type': 'application/xml; charset=utf-8' }).end(ozml ?? '');
      } catch (error) {
        console.error(error);
        reply.writeHead(500).end();
      }
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${server.address().port}`;
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** Whether a module was started by hand, and not imported by another. */
export const startedByHand = (moduleUrl) =>
  process.argv[1] && moduleUrl === new URL(`file://${process.argv[1]}`).href;
