/**
 * Lets browser tests start phone systems of their own: each its own calls, settings and ports, in the process
 * of the test runner. Tests ask for them through phone-systems.ts.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { TestRunnerPlugin } from '@web/test-runner';
import type { RunningPhoneSystem } from '../../src/pbx/index.js';
import { cheapExtensions } from './cheap-hash.js';
import { Network } from './network.js';

const ACTION = '/__phone-system/';

interface Running {
  readonly system: RunningPhoneSystem;
  /** A way to it that can be broken. */
  readonly network: Network;
  readonly digits: string[];
  /** Called with each further digit. */
  pressed: () => void;
}

export function phoneSystemPlugin(): TestRunnerPlugin {
  const running = new Map<string, Running>();
  let nextId = 1;
  /** How late this process does what is due: nobody hears anything while it waits for the machine. */
  const delay = monitorEventLoopDelay({ resolution: 10 });

  const actions: Record<string, (query: URLSearchParams) => Promise<unknown>> = {
    async start(query) {
      // Loaded when it is first needed: tests that need no phone system run without one.
      const { startPhoneSystem, demoSettings } = await import('../../src/pbx/index.js');
      const asked = JSON.parse(query.get('settings') ?? '{}') as object;
      const ports = { port: 0, gatewayPort: 0, apiPort: 0, logLevel: 'error' as const };
      const demo = demoSettings();
      const extensions = cheapExtensions(demo.extensions ?? []);
      const system = await startPhoneSystem({ ...demo, extensions, ...ports, ...asked });
      const network = await Network.to(system.gatewayUrl);
      const entry: Running = { system, network, digits: [], pressed: () => {} };
      system.phoneSystem.onDigit(({ digit }) => {
        entry.digits.push(digit);
        entry.pressed();
      });
      const id = String(nextId++);
      running.set(id, entry);
      return { id, gatewayUrl: system.gatewayUrl, networkUrl: network.url, url: system.url };
    },
    network(query) {
      const { network } = find(query);
      const faults: Record<string, () => void> = {
        cut: () => network.cut(),
        offline: () => network.offline(),
        online: () => network.online(),
        silence: () => network.silence(),
      };
      faults[query.get('fault') ?? '']!();
      return Promise.resolve({});
    },
    vitals: (query) => Promise.resolve(find(query).system.phoneSystem.vitals()),
    lateness() {
      const late = delay.max / 1e6;
      delay.enable();
      delay.reset();
      return Promise.resolve({ late });
    },
    token: (query) =>
      Promise.resolve({
        token: find(query).system.phoneSystem.issueToken(JSON.parse(query.get('request')!) as object),
      }),
    reconfigure(query) {
      const { system } = find(query);
      const changes = JSON.parse(query.get('changes')!) as object;
      system.phoneSystem.reconfigure({ ...system.settings, ...changes });
      return Promise.resolve({});
    },
    async digits(query) {
      const entry = find(query);
      const count = Number(query.get('count'));
      while (entry.digits.length < count) await new Promise<void>((resolve) => (entry.pressed = resolve));
      return entry.digits.slice(0, count).join('');
    },
    async stop(query) {
      const { system, network } = find(query);
      running.delete(query.get('id')!);
      await Promise.all([system.close(), network.close()]);
      return {};
    },
  };

  function find(query: URLSearchParams): Running {
    const entry = running.get(query.get('id') ?? '');
    if (!entry) throw new Error('No such phone system.');
    return entry;
  }

  return {
    name: 'phone-system',
    async serve(context) {
      const action = context.path.startsWith(ACTION) && actions[context.path.slice(ACTION.length)];
      if (!action) return undefined;
      try {
        return { body: JSON.stringify(await action(new URLSearchParams(context.querystring))), type: 'json' };
      } catch (error) {
        context.status = 500;
        return { body: JSON.stringify({ error: String(error) }), type: 'json' };
      }
    },
    async serverStop() {
      await Promise.all(
        [...running.values()].flatMap(({ system, network }) => [system.close(), network.close()]),
      );
    },
  };
}
