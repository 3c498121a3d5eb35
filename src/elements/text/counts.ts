/** The forms a counted noun has in each language beside English (CLDR plural rules). */
interface Forms {
  ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
  de: 'one' | 'other';
  es: 'one' | 'many' | 'other';
  fr: 'one' | 'many' | 'other';
  hu: 'one' | 'other';
  it: 'one' | 'many' | 'other';
  ja: 'other';
  nl: 'one' | 'other';
  pl: 'one' | 'few' | 'many' | 'other';
  pt: 'one' | 'many' | 'other';
  tr: 'one' | 'other';
}

/**
 * Makes a text of a number: in the form it has (`Intl.PluralRules`), with the number in the place of `#`. A form
 * that is missing does not compile.
 */
export function counts<L extends keyof Forms>(
  language: L,
  forms: Readonly<Record<Forms[L], string>>,
): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const known: Partial<Record<Intl.LDMLPluralRule, string>> & { other?: string } = forms;
  return (count) => (known[rules.select(count)] ?? known.other ?? '#').replace('#', numbers.format(count));
}
