/** The commands of the HTTP API, by their names in lower case. */
import type { PhoneSystem } from '../phone-system.js';
import { escapeXml, readXml, XmlError } from '../xml/index.js';
import type { XmlElement } from '../xml/index.js';
import type { Parameters } from './parameters.js';
import { invalidParameter, notImplemented, parseError } from './status.js';

/** Carries out a command and returns what the answer holds beside code and message, as XML. */
export type Command = (parameters: Parameters, phoneSystem: PhoneSystem) => string;

const COMMANDS: Readonly<Record<string, Command>> = {
  generatesecuritytoken(parameters, phoneSystem) {
    const root = readParameter(parameters, 'AuthXml');
    const allowSessionModification = readOptions(root, parameters.command);
    return `<SecurityToken>${escapeXml(phoneSystem.issueToken({ allowSessionModification }))}</SecurityToken>`;
  },
};

/** The command a request asks for; throws 302 when it names none and 301 when there is none of that name. */
export function findCommand(parameters: Parameters): Command {
  const name = parameters.need('Command').toLowerCase();
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw notImplemented(parameters.command);
  return command;
}

/** A parameter that is an XML document; throws 302 when it is missing and 300 when it is not XML. */
function readParameter(parameters: Parameters, name: string): XmlElement {
  try {
    return readXml(parameters.need(name));
  } catch (error) {
    if (error instanceof XmlError) throw parseError(`parameter '${name}': ${error.message}`);
    throw error;
  }
}

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Whether the token shall allow changing sessions; what is not known is refused rather than left out. */
function readOptions({ name, text, children }: XmlElement, command: string): boolean {
  if (name !== 'SecurityToken' || text.trim() !== '') throw invalidParameter('AuthXml', command);
  const [option, ...more] = children;
  if (!option) return false;
  const allow = FLAGS[option.text.trim().toLowerCase()];
  if (more.length > 0 || option.name !== 'AllowSessionModification' || option.children.length > 0) {
    throw invalidParameter('AuthXml', command);
  }
  if (allow === undefined) throw invalidParameter('AllowSessionModification', command);
  return allow;
}
