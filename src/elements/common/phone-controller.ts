import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { PhoneHandle } from '../../phone/handle.js';
import type { PhoneState } from '../../phone/state.js';
import { askForPhone, providers } from './context.js';

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
  #stop: (() => void) | undefined;

  constructor(host: Host, slice: Slice) {
    this.#host = host;
    this.#slice = slice;
    host.addController(this);
    host.hostMoved = this.#find;
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
    this.#take(null);
  }

  hostUpdate(): void {
    if (this.#clientId !== this.#host.client) this.#find();
  }

  readonly #find = (): void => {
    const host = this.#host;
    this.#clientId = host.client;
    if (!host.isConnected) return;
    this.#take(host.client ? (providers.find(host.client)?.phone ?? null) : askForPhone(host));
  };

  #take(phone: PhoneHandle | null): void {
    if (phone === this.phone) return;
    this.#stop?.();
    this.phone = phone;
    this.#shown = [];
    this.#stop = phone?.subscribe(this.#changed);
    this.#host.requestUpdate();
  }

  readonly #changed = (): void => {
    if (!this.phone) return;
    const now = this.#slice(this.phone.getState(), this.phone);
    if (now.every((part, index) => part === this.#shown[index])) return;
    this.#shown = now;
    this.#host.requestUpdate();
  };
}
