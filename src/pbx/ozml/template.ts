/** A text with variables in it: `$name`, `$item`, `$item.field`. */
import { LIMITS } from './limits.js';

interface Variable {
  readonly name: string;
  readonly field: string | undefined;
  /** As it stands in the text: what it stays when there is no such variable. */
  readonly written: string;
}

export type Template = readonly (string | Variable)[];

/** Where a template's variables are looked up. Names are in lower case. */
export interface Variables {
  variable(name: string): string | undefined;
  field(name: string, field: string): string | undefined;
}

const VARIABLE = /\$([a-z_]\w*)(?:\.([a-z_]\w*))?/gi;

/** Splits a text at its variables; white space around it is dropped. */
export function template(text: string): Template {
  const parts: (string | Variable)[] = [];
  const trimmed = text.trim();
  let end = 0;
  for (const match of trimmed.matchAll(VARIABLE)) {
    const [written, name = '', field] = match;
    if (match.index > end) parts.push(trimmed.slice(end, match.index));
    parts.push({ name: name.toLowerCase(), field: field?.toLowerCase(), written });
    end = match.index + written.length;
  }
  if (end < trimmed.length) parts.push(trimmed.slice(end));
  return parts;
}

/** The text of a template that has no variables, or undefined. */
export function fixedText(parts: Template): string | undefined {
  const [first = '', ...more] = parts;
  return typeof first === 'string' && more.length === 0 ? first : undefined;
}

/**
 * The text with its variables filled in; those that do not exist stay as they are written. Undefined when it gets
 * too long for any parameter. What is filled in is not looked through for variables again.
 */
export function filledIn(parts: Template, variables: Variables): string | undefined {
  let text = '';
  for (const part of parts) {
    text += typeof part === 'string' ? part : valueOf(part, variables);
    if (text.length > LIMITS.text) return undefined;
  }
  return text.trim();
}

function valueOf({ name, field, written }: Variable, variables: Variables): string {
  const value = field === undefined ? undefined : variables.field(name, field);
  if (value !== undefined) return value;
  // `$name.` at the end of a sentence, with the next one right behind it.
  const whole = variables.variable(name);
  return whole === undefined ? written : whole + written.slice(1 + name.length);
}
