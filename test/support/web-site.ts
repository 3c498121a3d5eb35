/** A small web site that keeps what is posted to it and answers what the test says. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface Posted {
  readonly method: string;
  readonly path: string;
  readonly httpVersion: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export class WebSite {
  readonly posted: Posted[] = [];
  /** Answers a request; 200 without a body unless the test says otherwise. */
  answer: (request: Posted, response: ServerResponse) => void = (_request, response) => response.end();
  readonly #server: Server;
  #arrived: (() => void)[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        const { method = '', url = '', httpVersion, headers } = request;
        const posted = { method, path: url, httpVersion, headers, body };
        this.posted.push(posted);
        this.answer(posted, response);
        for (const arrived of this.#arrived.splice(0)) arrived();
      });
    });
  }

  static async start(): Promise<WebSite> {
    const site = new WebSite();
    await new Promise<void>((resolve) => site.#server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves with the request of that number, from 1, once it has come. */
  async request(number: number): Promise<Posted> {
    while (this.posted.length < number) await new Promise<void>((resolve) => this.#arrived.push(resolve));
    return this.posted[number - 1]!;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
