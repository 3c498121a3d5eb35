/** The languages espeak-ng speaks, and which of them a language tag means. */

/** A language by espeak-ng's own name, and the tags it also goes by: the lower the number, the better it fits. */
export interface Voice {
  readonly language: string;
  readonly others: ReadonlyMap<string, number>;
}

/** What people call languages that have another tag. */
const ALIASES = new Map([
  ['en-uk', 'en-gb'],
  ['zh-hk', 'yue'],
  ['iw', 'he'],
  ['in', 'id'],
]);

/** Reads the table that `espeak-ng --voices` prints. */
export function readVoices(table: string): Voice[] {
  return table.split('\n').flatMap((line) => {
    // Priority, language, age and gender, name, file; then other languages, each with its priority.
    const found = /^\s*\d+\s+([\w-]+)\s+\S+\s+\S+\s+\S+(.*)$/.exec(line);
    if (!found) return [];
    const others = [...found[2]!.matchAll(/\(([\w-]+) (\d+)\)/g)];
    return [
      {
        language: found[1]!.toLowerCase(),
        others: new Map(others.map(([, tag, rank]) => [tag!.toLowerCase(), Number(rank)])),
      },
    ];
  });
}

/** The language for a tag such as `en-UK` or `pt-BR`; without the region when there is none for it; else null. */
export function findLanguage(voices: readonly Voice[], tag: string): string | null {
  const asked = tag.toLowerCase().replaceAll('_', '-');
  for (let parts = asked.split('-'); parts.length > 0; parts = parts.slice(0, -1)) {
    const name = parts.join('-');
    const found = exactly(voices, ALIASES.get(name) ?? name);
    if (found) return found;
  }
  return null;
}

function exactly(voices: readonly Voice[], name: string): string | null {
  if (voices.some(({ language }) => language === name)) return name;
  const fitting = voices.filter(({ others }) => others.has(name));
  fitting.sort((one, other) => one.others.get(name)! - other.others.get(name)!);
  return fitting[0]?.language ?? null;
}
