import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DeviceCheck, DevicePermission } from '../../phone/device-check/device-check.js';
import type { PhoneError, PhoneHandle } from '../../phone/handle.js';
import type { PhoneState, ProblemCode } from '../../phone/state.js';
import type { PhoneController } from './phone-controller.js';

export type AccessKind = 'microphone' | 'camera';

/** Whether a device can be had: `ask` for one that the browser asks about, `opening` while nothing is known. */
export type Access = 'opening' | 'ask' | 'ready' | 'failed';

/**
 * What an element needs to show devices: the phone's device check, the person's permission, and what became of
 * the last attempt to open one.
 */
export class DeviceAccess implements ReactiveController {
  /** The phone's device check; null while it is loaded, or while there is no phone. */
  check: DeviceCheck | null = null;
  /** The device check could not be loaded. */
  lost = false;
  readonly #host: ReactiveControllerHost;
  readonly #phones: PhoneController;
  readonly #kinds: readonly AccessKind[];
  #phone: PhoneHandle | null = null;
  #lists: unknown[] = [];
  #stops: (() => void)[] = [];
  #permissions: Partial<Record<AccessKind, DevicePermission>> = {};
  #problems: Partial<Record<AccessKind, ProblemCode>> = {};

  constructor(host: ReactiveControllerHost, phones: PhoneController, ...kinds: AccessKind[]) {
    this.#host = host;
    this.#phones = phones;
    this.#kinds = kinds;
    host.addController(this);
  }

  get #state(): PhoneState | null {
    return this.#phones.state;
  }

  hostUpdate(): void {
    if (this.#phones.phone !== this.#phone) this.#take(this.#phones.phone);
    const { microphones, cameras } = this.#state?.devices ?? {};
    const lists = [microphones, cameras];
    // Another device may be the one that was missing.
    if (lists.some((list, index) => list !== this.#lists[index])) {
      for (const kind of this.#kinds) if (this.problem(kind) !== `${kind}-refused`) this.settle(kind, null);
    }
    this.#lists = lists;
  }

  hostDisconnected(): void {
    this.#take(null);
  }

  access(kind: AccessKind): Access {
    if (this.problem(kind)) return 'failed';
    const permission = this.#permissions[kind];
    if (!this.check || !permission) return 'opening';
    // A device that is open already, or was, is not asked about again: then those of its kind have names.
    const named = this.#state?.devices[`${kind}s`].some(({ label }) => label);
    return permission === 'granted' || named ? 'ready' : 'ask';
  }

  /** Why a device cannot be had; null when it can, or when nobody tried. */
  problem(kind: AccessKind): ProblemCode | null {
    const permission = this.#permissions[kind];
    if (permission === 'insecure') return 'insecure-context';
    return this.#problems[kind] ?? (permission === 'denied' ? `${kind}-refused` : null);
  }

  /** Says what became of an attempt to open a device. */
  settle(kind: AccessKind, problem: ProblemCode | null): void {
    if ((this.#problems[kind] ?? null) === problem) return;
    if (problem) this.#problems[kind] = problem;
    else delete this.#problems[kind];
    this.#host.requestUpdate();
  }

  /** Has the browser ask the person; from a click. */
  async ask(kind: AccessKind): Promise<void> {
    const { check } = this;
    if (!check) return;
    this.settle(kind, null);
    try {
      await check.ask(kind);
      // A browser that does not tell beforehand has told now.
      if (this.#permissions[kind] !== 'granted') this.#permit(kind, 'granted');
    } catch (error) {
      this.settle(kind, (error as Partial<PhoneError>).code ?? 'internal');
    }
  }

  /** Loads the device check again. */
  retry(): void {
    this.#take(null);
    this.#host.requestUpdate();
  }

  #take(phone: PhoneHandle | null): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#phone = phone;
    this.check = null;
    this.lost = false;
    this.#permissions = {};
    this.#problems = {};
    phone?.deviceCheck().then(
      (check) => {
        if (this.#phone !== phone) return;
        this.check = check;
        this.#stops = this.#kinds.map((kind) =>
          check.watchPermission(kind, (permission) => this.#permit(kind, permission)),
        );
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        console.warn(this.#host, error);
        if (this.#phone !== phone) return;
        this.lost = true;
        this.#host.requestUpdate();
      },
    );
  }

  #permit(kind: AccessKind, permission: DevicePermission): void {
    this.#permissions[kind] = permission;
    if (permission === 'granted' && this.#problems[kind] === `${kind}-refused`) this.settle(kind, null);
    this.#host.requestUpdate();
  }
}
