/** The words of a name in camel case, as a sentence begins: `hangUp` is `Hang up`. */
export function wordsOf(name: string): string {
  return name[0]!.toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
