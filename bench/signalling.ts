/** The bare pages' web site and signalling: a relay between two browsers, and legs that answer themselves. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { AnswerLeg } from './bare-legs.js';

export class Signalling {
  readonly #pair = new Set<WebSocket>();
  readonly #ends = new Set<() => Promise<void>>();

  private constructor(
    private readonly server: Server,
    private readonly legs: Readonly<Record<string, AnswerLeg>>,
  ) {
    new WebSocketServer({ server }).on('connection', (socket, request) => {
      const leg = this.legs[request.url!.slice(1)];
      if (leg) this.#serveLeg(socket, leg);
      else this.#servePair(socket);
    });
  }

  /** `legs`: what answers at `ws://…/<name>`; every other path is the relay of the browser pair. */
  static async start(legs: Readonly<Record<string, AnswerLeg>>): Promise<Signalling> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Bare</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Signalling(server, legs);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  socketUrl(path: string): string {
    return this.url.replace('http', 'ws') + path;
  }

  /** Ends all legs there are. */
  async endLegs(): Promise<void> {
    const ends = [...this.#ends];
    this.#ends.clear();
    await Promise.all(ends.map((end) => end()));
  }

  async close(): Promise<void> {
    await this.endLegs();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #serveLeg(socket: WebSocket, answerLeg: AnswerLeg): void {
    const answer = async (offer: string): Promise<void> => {
      const { answer, end } = await answerLeg(offer);
      this.#ends.add(end);
      socket.send(JSON.stringify({ answer }));
    };
    socket.on('message', (data: Buffer) => {
      const { offer } = JSON.parse(data.toString()) as { offer?: string };
      if (offer !== undefined) void answer(offer);
    });
  }

  #servePair(socket: WebSocket): void {
    this.#pair.add(socket);
    socket.on('close', () => this.#pair.delete(socket));
    socket.on('message', (data: Buffer) => {
      for (const other of this.#pair) if (other !== socket) other.send(data.toString());
    });
  }
}
