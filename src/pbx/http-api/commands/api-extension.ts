/** In the name of which API extension a command is carried out. */
import type { PhoneSystem } from '../../phone-system.js';

/**
 * The API extension a request names; the first there is when it names none or, as the documents have it, `NULL`;
 * undefined when there is no such.
 */
export function namedApiExtension(
  named: string | undefined,
  { settings }: Pick<PhoneSystem, 'settings'>,
): string | undefined {
  const none = named === undefined || named.toUpperCase() === 'NULL';
  return settings.apiExtensions.find(({ id }) => none || id === named)?.id;
}
