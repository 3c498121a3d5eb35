/** What somebody should look at, though the phone system runs. */
import { DEMO_HASHES } from './config/demo.js';
import type { Settings } from './config/settings.js';
import { isLoopbackOnly, localAddresses } from './media/werift/index.js';
import type { TrunkStatus } from './trunks/index.js';

/** The warning that belongs to a machine with nothing but loopback; null on every other machine. */
export function loopbackOnly(
  { publicIp }: Pick<Settings, 'publicIp'>,
  addresses: readonly string[] = localAddresses(),
): string | null {
  return publicIp !== undefined || !isLoopbackOnly(addresses)
    ? null
    : 'This machine has no network interface but loopback. Browsers send no media over loopback, so calls would ' +
        'stay silent: connect the machine to a network, or start Chromium with --allow-loopback-in-peer-connection.';
}

/** The warning that belongs to a configuration in which nobody can sign in; null otherwise. */
export function noExtensions({ extensions }: Settings): string | null {
  return extensions.length > 0
    ? null
    : 'There are no extensions, so nobody can sign in. Add one to the configuration file: "extensions": [{ "id": ' +
        '"1001", "name": "Front desk", "passwordHash": "…" }], with a hash printed by "ozeki-webphone hash-password".';
}

/** The warnings of outside lines by which no call can come or go now. */
export function linesDown(lines: readonly TrunkStatus[]): string[] {
  return lines.flatMap(({ name, state, problem }) =>
    state === 'registered' || problem === null
      ? []
      : [`The outside line "${name}" is not registered. ${problem}`],
  );
}

/** The warning that belongs to a demo others can reach, since its passwords are no secret; null otherwise. */
export function demoExposed({ host, extensions }: Settings): string | null {
  const atHome = host === 'localhost' || host === '::1' || host.startsWith('127.');
  const wellKnown = extensions.some(({ passwordHash }) => DEMO_HASHES.has(passwordHash));
  return atHome || !wellKnown
    ? null
    : `Passwords of the demo are in use, which everybody knows, and --host ${host} lets others reach this machine's ` +
        'phone system. Use it for a try-out only.';
}
