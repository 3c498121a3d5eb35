/** Phone systems for browser tests, each its own; the test runner starts them (phone-system-plugin.ts). */

export interface TestPhoneSystem {
  /** The address for `<ozeki-client server>`. */
  readonly gatewayUrl: string;
  /** Another address for it, by a network that can be broken. */
  readonly networkUrl: string;
  /**
   * Breaks that network, or mends it: `cut` breaks what is connected, `offline` also takes nothing new, `silence`
   * lets nothing pass, `online` mends both.
   */
  network(fault: 'cut' | 'offline' | 'online' | 'silence'): Promise<void>;
  /** The address of its web pages. */
  readonly url: string;
  /** What is going on in it, for tests that look for leaks. */
  vitals(): Promise<{ connections: number; sessions: number; legs: number; mediaLegs: number }>;
  /** By how many milliseconds its process was late at worst since this was asked last. */
  lateness(): Promise<number>;
  /** The first digits that were pressed in calls, joined; waits until there are as many. */
  digits(count: number): Promise<string>;
  /** A new security token. */
  token(request?: { allowSessionModification?: boolean; validMs?: number }): Promise<string>;
  /** Changes settings while it runs. */
  reconfigure(changes: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a phone system with the demo's settings, or with others in their place. */
export async function startPhoneSystem(settings: Record<string, unknown> = {}): Promise<TestPhoneSystem> {
  const { id, gatewayUrl, networkUrl, url } = await ask<{
    id: string;
    gatewayUrl: string;
    networkUrl: string;
    url: string;
  }>('start', { settings: JSON.stringify(settings) });
  return {
    gatewayUrl,
    networkUrl,
    network: async (fault) => {
      await ask('network', { id, fault });
    },
    url,
    vitals: () => ask('vitals', { id }),
    lateness: async () => (await ask<{ late: number }>('lateness', { id })).late,
    digits: (count) => ask('digits', { id, count: String(count) }),
    token: async (request = {}) =>
      (await ask<{ token: string }>('token', { id, request: JSON.stringify(request) })).token,
    reconfigure: async (changes) => {
      await ask('reconfigure', { id, changes: JSON.stringify(changes) });
    },
    stop: () => ask('stop', { id }),
  };
}

async function ask<T>(action: string, query: Record<string, string>): Promise<T> {
  const response = await fetch(`/__phone-system/${action}?${String(new URLSearchParams(query))}`);
  const body = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(body.error);
  return body;
}
