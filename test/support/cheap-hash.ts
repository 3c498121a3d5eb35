import { scryptSync } from 'node:crypto';

/** A password's hash that costs nothing to check, for tests that sign in a thousand times. */
export function cheapHash(password: string): string {
  const salt = Buffer.from('salt of a test!!');
  const hash = scryptSync(password, salt, 32, { N: 2, r: 1, p: 1 });
  return ['scrypt', 2, 1, 1, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** The demo's extensions, whose passwords are checked at no cost. */
export function cheapExtensions<E extends { id: string; passwordHash?: string }>(
  extensions: readonly E[],
): E[] {
  return extensions.map((one) =>
    one.passwordHash ? { ...one, passwordHash: cheapHash(`demo-${one.id}`) } : one,
  );
}
