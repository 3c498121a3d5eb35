/** What somebody should look at, though the phone system runs. */
import { networkInterfaces } from 'node:os';
import type { Settings } from './config/settings.js';

type Interfaces = ReturnType<typeof networkInterfaces>;

/** The warning that belongs to a machine with nothing but loopback; null on every other machine. */
export function loopbackOnly(interfaces: Interfaces = networkInterfaces()): string | null {
  const outward = Object.values(interfaces).some((addresses) =>
    addresses?.some((address) => !address.internal),
  );
  return outward
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
