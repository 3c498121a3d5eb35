import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PhoneHandle } from '../../phone/handle.js';
import type { PhoneState } from '../../phone/state.js';
import { phoneContext, providers, rememberEarlyRequests } from './context.js';

type Host = ReactiveControllerHost & HTMLElement & { client: string; hostMoved?: () => void };

/** The parts of the state an element shows. It renders again when one of them is another object or value. */
export type Slice = (state: PhoneState, phone: PhoneHandle) => readonly unknown[];

/**
 * Connects an element to its phone: finds it (context, or the element's `client` attribute), hears its changes,
 * and asks the element to render when something it shows has changed. An element that leaves the document or
 * its client lets go of the phone.
 */
export class PhoneController implements ReactiveController {
  /** The phone; null while there is none. */
  phone: PhoneHandle | null = null;

  readonly #host: Host;
  readonly #slice: Slice;
  #shown: readonly unknown[] = [];
  #clientId = '';
  #fromContext: PhoneHandle | null = null;
  #stop: (() => void) | null = null;

  constructor(host: Host, slice: Slice) {
    rememberEarlyRequests();
    this.#host = host;
    this.#slice = slice;
    const consumer = new ContextConsumer(host, {
      context: phoneContext,
      subscribe: true,
      callback: (phone) => {
        this.#fromContext = phone;
        this.#find();
      },
    });
    host.addController(this);
    host.hostMoved = () => {
      // Perhaps into another client, or out of any: whoever provides now answers at once.
      const before = this.#fromContext;
      this.#fromContext = null;
      consumer.hostDisconnected();
      consumer.hostConnected();
      if (before && !this.#fromContext) this.#find();
    };
  }

  /** The phone's state; null while there is no phone. */
  get state(): PhoneState | null {
    return this.phone?.getState() ?? null;
  }

  hostConnected(): void {
    providers.addEventListener('change', this.#find);
    this.#find();
  }

  hostDisconnected(): void {
    providers.removeEventListener('change', this.#find);
    this.#fromContext = null;
    this.#take(null);
  }

  hostUpdate(): void {
    if (this.#clientId !== this.#host.client) this.#find();
  }

  readonly #find = (): void => {
    this.#clientId = this.#host.client;
    if (!this.#host.isConnected) return;
    this.#take(this.#clientId ? (providers.find(this.#clientId)?.phone ?? null) : this.#fromContext);
  };

  #take(phone: PhoneHandle | null): void {
    if (phone === this.phone) return;
    this.#stop?.();
    this.phone = phone;
    this.#shown = [];
    this.#stop = phone?.subscribe(this.#changed) ?? null;
    this.#host.requestUpdate();
  }

  readonly #changed = (): void => {
    if (!this.phone) return;
    const now = this.#slice(this.phone.getState(), this.phone);
    if (now.length === this.#shown.length && now.every((part, index) => part === this.#shown[index])) return;
    this.#shown = now;
    this.#host.requestUpdate();
  };
}
