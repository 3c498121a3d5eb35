/**
 * XML as commands and scripts carry it: elements, attributes, text, CDATA, comments. Doctypes, entities of one's own
 * and processing instructions are refused, so there is nothing in it that could expand or load.
 */
import { SaxesParser } from 'saxes';

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
}

export interface XmlElement {
  /** As written, with the prefix if it has one. */
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  /** Its own text, without that of its children. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** The text is not XML, or has something in it that is not taken. The message says what, and where if that helps. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

export interface XmlLimits {
  /** How deep elements may lie in each other, the outermost counted. */
  readonly maxDepth: number;
  /** Characters of the whole text. */
  readonly maxLength: number;
}

const LIMITS: XmlLimits = { maxDepth: 16, maxLength: 65_536 };

/** Reasons may repeat a name of the text, which may be long. */
const LONGEST_REASON = 120;
/** A byte order mark and the white space that scripts leave before the declaration. */
const BEFORE_DECLARATION = /^\uFEFF?[ \t\r\n]*(?=<\?xml\s)/;
/** The mistake behind most texts that cannot be read: an address with several parameters, written as it is. */
const BARE_AMPERSAND = /&(?!(?:\w+|#\d+|#x[\da-f]+);)/i;

/** Half of a character that takes two places in a text, which is none. The parser fails over some of them. */
const HALF = /\p{Surrogate}/u;

/** Names may have prefixes that mean nothing here. XML 1.1 could hold control characters, which nobody expects. */
const OPTIONS = { xmlns: false, forceXMLVersion: true, defaultXMLVersion: '1.0' } as const;

interface Growing extends XmlElement {
  text: string;
  readonly children: Growing[];
}

/**
 * Reads one XML 1.0 document.
 * @throws XmlError when it is not one, is beyond the limits, or holds what is refused here.
 */
export function readXml(document: string, limits: Partial<XmlLimits> = {}): XmlElement {
  const { maxDepth, maxLength } = { ...LIMITS, ...limits };
  if (document.length > maxLength) throw new XmlError(`the text is longer than ${maxLength} characters`);
  const half = document.search(HALF);
  if (half >= 0) throw new XmlError(`there is half a character (a lone surrogate) at position ${half + 1}`);
  const before = BEFORE_DECLARATION.exec(document)?.[0] ?? '';
  const lines = before.split(/\r\n|\r|\n/).length - 1;
  const parser = new SaxesParser({ ...OPTIONS });

  function fail(what: string): never {
    throw new XmlError(`line ${parser.line + lines}, column ${parser.column}: ${what}`);
  }

  let root: Growing | undefined;
  const open: Growing[] = [];
  const add = (text: string) => {
    const inside = open.at(-1);
    if (inside) inside.text += text;
  };
  parser.on('opentag', ({ name, attributes }) => {
    const element: Growing = {
      name,
      attributes: Object.entries(attributes).map(([key, value]) => ({ name: key, value })),
      text: '',
      children: [],
    };
    if (open.length >= maxDepth) fail(`elements lie more than ${maxDepth} deep in each other`);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('doctype', () => fail('a document type declaration is not taken'));
  parser.on('processinginstruction', () => fail('a processing instruction is not taken'));
  parser.on('error', (error) => {
    // The parser puts its own position before what is wrong.
    const what = error.message
      .replace(/^\d+:\d+: /, '')
      .replace(/\.$/, '')
      .slice(0, LONGEST_REASON);
    fail(BARE_AMPERSAND.test(document) ? `${what} (an ampersand in text is written &amp;)` : what);
  });
  parser.write(document.slice(before.length)).close();
  if (!root) fail('there is no element');
  return root;
}
