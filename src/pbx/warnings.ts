/** What somebody should look at, though the phone system runs. */
import type { Settings } from './config/settings.js';
import { isLoopbackOnly, localAddresses } from './media/werift/index.js';

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
