/**
 * Where a text stops being JSON (RFC 8259). The message of `JSON.parse` quotes the text around the fault, which
 * in a configuration may be a secret, and does not always say where it is.
 */

const TOKEN =
  /[\s]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)))/uy;

/** What may come next. */
type Expectation = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'comma' | 'end';

/** The offset of the first character that cannot belong there; the text's length when it only ends too early. */
export function faultOffset(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expectation = 'value';
  let offset = 0;
  const afterValue = (): Expectation => (open.length > 0 ? 'comma' : 'end');

  for (;;) {
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text);
    const start = offset + (/^\s*/.exec(text.slice(offset))?.[0].length ?? 0);
    if (!token) return start;
    const [, mark, string, literal] = token;
    const takesValue: boolean = expected === 'value' || expected === 'first-value';
    if (takesValue && (mark === '{' || mark === '[')) {
      open.push(mark);
      expected = mark === '{' ? 'first-key' : 'first-value';
    } else if (takesValue && (string !== undefined || literal !== undefined)) {
      expected = afterValue();
    } else if ((expected === 'key' || expected === 'first-key') && string !== undefined) {
      expected = 'colon';
    } else if (expected === 'colon' && mark === ':') {
      expected = 'value';
    } else if (expected === 'comma' && mark === ',') {
      expected = open.at(-1) === '{' ? 'key' : 'value';
    } else if (closes(mark, open.at(-1), expected)) {
      open.pop();
      expected = afterValue();
    } else {
      return start;
    }
    offset = TOKEN.lastIndex;
  }
}

function closes(mark: string | undefined, open: '{' | '[' | undefined, expected: Expectation): boolean {
  if (mark === '}') return open === '{' && (expected === 'comma' || expected === 'first-key');
  return mark === ']' && open === '[' && (expected === 'comma' || expected === 'first-value');
}

/** Line and column, both from 1, of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
