/** The built phone system with the demo configuration, on free ports of this machine. */
import type { PhoneSystem } from '../../src/pbx/phone-system.js';
import { cheapExtensions } from './cheap-hash.js';

export interface Demo {
  /** The demo page. */
  readonly url: string;
  readonly gatewayUrl: string;
  /** The address of the HTTP API. */
  readonly apiUrl: string;
  readonly phoneSystem: PhoneSystem;
  /** The next digits that anybody presses, joined. */
  nextDigits(count: number): Promise<string>;
  /** Resolves when no call, leg or connection is left. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

interface Started {
  readonly url: string;
  readonly gatewayUrl: string;
  readonly apiUrl: string;
  readonly phoneSystem: PhoneSystem;
  close(): Promise<void>;
}

/** Starts it; `settings` differ from the demo's. */
export async function startDemo(settings: Record<string, unknown> = {}): Promise<Demo> {
  // The built package, as users run it: not the sources.
  const entry = new URL('../../dist/pbx/index.js', import.meta.url).href;
  const { startPhoneSystem, demoSettings } = (await import(entry)) as {
    startPhoneSystem(settings: object, options?: object): Promise<Started>;
    demoSettings(): { extensions: { id: string; passwordHash?: string }[] };
  };
  const demo = demoSettings();
  const system = await startPhoneSystem(
    {
      ...demo,
      extensions: cheapExtensions(demo.extensions),
      port: 0,
      gatewayPort: 0,
      apiPort: 0,
      data: ':memory:',
      logLevel: 'silent',
      ...settings,
    },
    { demo: true },
  );
  const { phoneSystem } = system;
  return {
    url: system.url,
    gatewayUrl: system.gatewayUrl,
    apiUrl: system.apiUrl,
    phoneSystem,
    nextDigits: (count) =>
      new Promise((resolve) => {
        let digits = '';
        const stop = phoneSystem.onDigit((press) => {
          digits += press.digit;
          if (digits.length < count) return;
          stop();
          resolve(digits);
        });
      }),
    async quiet() {
      const { connections, sessions, legs, mediaLegs } = await until(
        () => phoneSystem.vitals(),
        (vitals) => Object.values(vitals).every((count) => count === 0),
      );
      if (connections + sessions + legs + mediaLegs) throw new Error('the phone system is not quiet');
    },
    close: () => system.close(),
  };
}

/** Reads a value every few milliseconds until it is as wanted, or 30 s have passed; returns the last. */
export async function until<T>(
  read: () => T | Promise<T>,
  wanted: (value: T) => boolean,
  ms = 30_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (wanted(value) || Date.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
