/** From what an element gives to the values of a command's parameters. */
import type { XmlElement } from '../xml/index.js';
import { OzmlError } from './error.js';
import type { Parameter, Value } from './parameter.js';
import type { Row } from './row.js';
import { fixedText, template } from './template.js';
import type { Template } from './template.js';

/** What belongs to XML itself: namespaces, `xml:lang`, hints for schemas. */
export const isOfXml = (attribute: string): boolean => /^xmlns$|:/.test(attribute);

/** What an element gives, by the keys of the row's parameters; throws 302 for what does not belong there. */
export function givenValues(element: XmlElement, row: Row): Map<string, Template> {
  const values = new Map<string, Template>();
  for (const { name, value } of element.attributes) {
    const key = keyOf(name, row);
    if (key === undefined) {
      if (!isIgnored(name, row)) throw OzmlError.parameter(name, element.name);
      continue;
    }
    // Twice, in upper and lower case or by two of its names: nobody could tell which one counts.
    if (values.has(key)) throw OzmlError.parameter(name, element.name);
    values.set(key, template(value));
  }
  addMain(element, row, values);
  return values;
}

function keyOf(name: string, { parameters }: Row): string | undefined {
  const wanted = name.toLowerCase();
  const found = Object.entries(parameters).find(([, parameter]) =>
    [parameter.name, ...parameter.aliases].some((spelling) => spelling.toLowerCase() === wanted),
  );
  return found?.[0];
}

function isIgnored(name: string, { ignored }: Row): boolean {
  return isOfXml(name) || ignored.some((spelling) => spelling.toLowerCase() === name.toLowerCase());
}

/** The element's text is its main parameter, unless it has none. */
function addMain({ text, name }: XmlElement, row: Row, values: Map<string, Template>): void {
  const trimmed = text.trim();
  if (trimmed === '') return;
  if (row.main === undefined) throw OzmlError.parameter('text', name);
  const given = template(trimmed);
  const attribute = values.get(row.main);
  if (attribute && JSON.stringify(attribute) !== JSON.stringify(given)) {
    throw OzmlError.parameter(row.parameters[row.main]?.name ?? '', name);
  }
  values.set(row.main, given);
}

/**
 * The values of a command, from the texts that are given. Those that are not known yet, as they have variables in
 * them, are null: whoever checks a script before it runs has no others.
 * @throws OzmlError 302 when one is missing or not of its kind, or does not go with the others
 */
export function readValues(
  { parameters, conflict }: Row,
  command: string,
  textOf: (key: string, parameter: Parameter<Value>) => string | null | undefined,
): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [key, parameter] of Object.entries(parameters)) {
    const text = textOf(key, parameter);
    if (text !== null) values[key] = readValue(parameter, text, command);
  }
  const wrong = conflict(values);
  if (wrong !== undefined) throw OzmlError.parameter(parameters[wrong]?.name ?? '', command);
  return values;
}

function readValue(
  { name, kind, required, fallback, mayBeEmpty }: Parameter<Value>,
  text: string | undefined,
  command: string,
): Value {
  if (text === undefined || text === '') {
    if (text === '' && mayBeEmpty) return '';
    if (required) throw OzmlError.parameter(name, command);
    return fallback;
  }
  const value = kind.read(text);
  if (value === undefined) throw OzmlError.parameter(name, command);
  return value;
}

/** Checks what is known before the script runs: what is missing, and values without variables. */
export function checkFixed(given: ReadonlyMap<string, Template>, row: Row, command: string): void {
  readValues(row, command, (key) => {
    const parts = given.get(key);
    return parts && (fixedText(parts) ?? null);
  });
}
