/** What becomes of messages on their way: each may be handed on at once, later, twice, or never. */
export interface Handling {
  take(handOn: () => void): void;
  /** It is over: hands on what still waits, so that nothing that comes from now on overtakes it. */
  release?(): void;
}

const straight: Handling = { take: (handOn) => handOn() };

/** Stands between a WebSocket that is in use and whoever uses it: what goes in and out can be handled otherwise. */
export class Tap {
  static readonly #taps = new WeakMap<WebSocket, Tap>();
  readonly #socket: WebSocket;
  #incoming = straight;
  #outgoing = straight;
  /** Of whoever uses the socket. */
  #listener: WebSocket['onmessage'];

  /** The tap on a socket; it stays there, and changes nothing until it is told to. */
  static on(socket: WebSocket): Tap {
    let tap = this.#taps.get(socket);
    if (!tap) this.#taps.set(socket, (tap = new Tap(socket)));
    return tap;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#listener = socket.onmessage;
    socket.onmessage = (event) => this.#incoming.take(() => this.tell(event));
    Object.defineProperty(socket, 'onmessage', {
      get: () => this.#listener,
      set: (listener: WebSocket['onmessage']) => (this.#listener = listener),
    });
    const send = socket.send.bind(socket);
    socket.send = (data) =>
      this.#outgoing.take(() => {
        if (socket.readyState === WebSocket.OPEN) send(data);
      });
  }

  /** Hands a message to whoever uses the socket, as if it had come now. */
  tell(event: MessageEvent): void {
    this.#listener?.call(this.#socket, event);
  }

  /** How messages are handled from now on; as if nothing was in their way without it. */
  handle({ incoming = straight, outgoing = straight }: { incoming?: Handling; outgoing?: Handling }): this {
    this.#incoming.release?.();
    this.#outgoing.release?.();
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    return this;
  }
}
