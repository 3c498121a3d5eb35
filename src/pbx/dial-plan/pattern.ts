/** Whether a dialled number fits a rule's pattern: `X` is any digit, `*` at the end any rest, possibly none. */
export function matches(pattern: string, number: string): boolean {
  const open = pattern.endsWith('*');
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (open ? number.length < fixed.length : number.length !== fixed.length) return false;
  return [...fixed].every((sign, index) => {
    const dialled = number.charAt(index);
    return sign === 'X' ? /^[0-9]$/.test(dialled) : sign === dialled;
  });
}

/** What of a number stands for the `*` at the end of a pattern that fits it; all of it when there is none. */
export function rest(pattern: string, number: string): string {
  return pattern.endsWith('*') ? number.slice(pattern.length - 1) : number;
}
