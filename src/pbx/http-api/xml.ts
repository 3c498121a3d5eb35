/**
 * XML of the small kind commands carry: elements, attributes (which are skipped), text, comments. Doctypes, entities
 * of one's own, CDATA and processing instructions are refused, so there is nothing in it that could expand or load.
 */

export interface XmlElement {
  readonly name: string;
  /** Its own text, without that of its children. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** The text is not XML, or has something in it that is not taken. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

const MAX_DEPTH = 16;

const DECLARATION = /^<\?xml\s+version\s*=\s*(?:"1\.\d"|'1\.\d')[^<>?]*\?>/;
const NAME = '[A-Za-z_][\\w.-]*';
const ATTRIBUTE = `\\s+[A-Za-z_][\\w:.-]*\\s*=\\s*(?:"[^"<]*"|'[^'<]*')`;
const TOKEN = new RegExp(
  `<(?<open>${NAME})(?:${ATTRIBUTE})*\\s*(?<empty>/?)>|</(?<close>${NAME})\\s*>|<!--(?:(?!--)[^])*-->|(?<text>[^<]+)`,
  'y',
);
/** What XML 1.0 has no way to hold, not even by number (section 2.2). */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface Growing {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/**
 * Reads one XML document.
 * @throws XmlError when it is not one, or holds what is refused here.
 */
export function readXml(document: string): XmlElement {
  if (FORBIDDEN.test(document)) throw new XmlError('There are characters that XML cannot hold.');
  const text = document.trim().replace(DECLARATION, '');
  const outside: Growing = { name: '', text: '', children: [] };
  const open: Growing[] = [outside];

  for (let offset = 0; offset < text.length; offset = TOKEN.lastIndex) {
    TOKEN.lastIndex = offset;
    const groups = TOKEN.exec(text)?.groups;
    const inside = open.at(-1);
    if (!groups || !inside) throw new XmlError('There is something that cannot be read.');
    if (groups.open !== undefined) {
      const element: Growing = { name: groups.open, text: '', children: [] };
      inside.children.push(element);
      if (groups.empty === '') open.push(element);
      if (open.length > MAX_DEPTH) throw new XmlError('Elements lie too deep in each other.');
    } else if (groups.close !== undefined) {
      if (open.length === 1 || inside.name !== groups.close) {
        throw new XmlError('An element is closed that is not open.');
      }
      open.pop();
    } else if (groups.text !== undefined) {
      inside.text += decoded(groups.text);
    }
  }

  const [root, ...more] = outside.children;
  if (open.length > 1 || !root || more.length > 0 || outside.text.trim() !== '') {
    throw new XmlError('A document is one element that is closed.');
  }
  return root;
}

/** A text as XML holds it; what XML cannot hold becomes a question mark. */
export function escapeXml(text: string): string {
  return text
    .replace(new RegExp(FORBIDDEN, 'gu'), '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

function decoded(text: string): string {
  return text.replace(/&([^;]{0,10};)?/g, (_reference, rest: string | undefined) => {
    const name = rest?.slice(0, -1) ?? '';
    const number = /^#(?:(\d{1,7})|x([\da-fA-F]{1,6}))$/.exec(name);
    const character = number
      ? fromCodePoint(number[1] === undefined ? parseInt(number[2] ?? '', 16) : Number(number[1]))
      : Object.hasOwn(ENTITIES, name)
        ? ENTITIES[name]
        : undefined;
    if (character === undefined) throw new XmlError('An entity is used that does not exist.');
    return character;
  });
}

function fromCodePoint(number: number): string | undefined {
  if (number > 0x10ffff) return undefined;
  const character = String.fromCodePoint(number);
  return FORBIDDEN.test(character) ? undefined : character;
}
