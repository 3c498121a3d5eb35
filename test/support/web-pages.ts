/** Pages with the JavaScript API, for tests in a browser: each a person with a client and what it was told. */
import { OzWebClient, type Call, type ConnectionInfo, type OzError } from '../../src/api/index.js';
import { Person } from './people.js';

export class WebPage extends Person {
  readonly client = new OzWebClient({ phone: this.phone });
  readonly states: ConnectionInfo[] = [];
  readonly errors: OzError[] = [];
  readonly #changed = new EventTarget();

  constructor(number: string, tone: number) {
    super(number, tone);
    this.client.onConnectionStateChanged((info) => this.note(() => this.states.push(info)));
    this.client.onErrorOccured((error) => this.note(() => this.errors.push(error)));
  }

  /** Connects as this extension and waits until access is granted. */
  async open(server: string, properties: Record<string, unknown> = {}): Promise<this> {
    this.client.connect(server, this.number, { Password: `demo-${this.number}`, ...properties });
    await this.granted();
    return this;
  }

  /** Waits until access is granted. */
  async granted(): Promise<void> {
    await this.eventually('access', () => this.states.at(-1)?.State === 'ACCESS_GRANTED');
    await this.phone.chooseDevice('microphone', `tone-${this.tone}`);
  }

  /** Writes something down and has every `eventually` look again. */
  note<T>(write: () => T): T {
    const result = write();
    this.#changed.dispatchEvent(new Event('change'));
    return result;
  }

  /** Waits until something that is noted is as it should be. */
  eventually<T>(what: string, look: () => T): Promise<NonNullable<T>> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (!found) return;
        this.#changed.removeEventListener('change', check);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(
        () => reject(new Error(`${this.number} never had ${what}; errors: ${this.errors.join(', ')}`)),
        30_000,
      );
      this.#changed.addEventListener('change', check);
      check();
    });
  }

  /** Waits for an error of a method. */
  error(method: string): Promise<OzError> {
    return this.eventually(`an error of ${method}`, () =>
      this.errors.find((error) => error.method === method),
    );
  }

  /** Writes down every state of a call from now on. */
  follow(call: Call): { call: Call; states: string[]; is: (state: string) => Promise<unknown> } {
    const states: string[] = [];
    call.onCallStateChanged((state) => this.note(() => states.push(state)));
    return {
      call,
      states,
      is: (state) => this.eventually(`a call that is ${state}`, () => call.getCallState() === state),
    };
  }

  /** The next call that rings here. */
  rings(): Promise<Call> {
    return new Promise((resolve) => this.client.onIncomingCall(resolve));
  }
}
