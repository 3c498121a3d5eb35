/** Answers in XML. What is put into them is escaped here and nowhere else. */
import { escapeXml } from '../xml/index.js';
import { STATUS } from './status.js';

/** A piece of XML that is complete and escaped. */
export class Xml {
  private constructor(readonly text: string) {}

  /** An element with a text, or with elements in it. */
  static element(
    name: string,
    content: string | number | boolean | readonly Xml[],
    attributes: Readonly<Record<string, string>> = {},
  ): Xml {
    const inside =
      typeof content === 'object' ? content.map(({ text }) => text).join('') : escapeXml(String(content));
    const head = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(value)}"`)];
    return new Xml(`<${head.join(' ')}>${inside}</${name}>`);
  }
}

/** What a command brings, beside code and message. */
export interface Payload {
  /** Put before code and message, as the documents show it for "GetConfig". */
  readonly before?: readonly Xml[];
  readonly after?: readonly Xml[];
}

/** The body of an answer. */
export function answerXml(code: number, message: string, { before = [], after = [] }: Payload = {}): string {
  const root = Xml.element(
    'Response',
    [...before, Xml.element('Code', code), Xml.element('Message', message), ...after],
    {
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
    },
  );
  return `<?xml version="1.0"?>${root.text}`;
}

/** The message of every command that was carried out. */
export const DONE_MESSAGE = 'Command successfully executed';

/** The body of the answer to a command that was carried out. */
export function doneXml(payload: Payload = {}): string {
  return answerXml(STATUS.ok, DONE_MESSAGE, payload);
}
