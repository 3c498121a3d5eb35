/** A token nobody can guess: letters and digits. */
export function newToken(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 20);
}
