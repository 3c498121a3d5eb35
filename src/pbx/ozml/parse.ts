/** From a site's answer to a script: read, and checked as a whole before any of it runs. */
import { readXml, XmlError } from '../xml/index.js';
import type { XmlElement } from '../xml/index.js';
import { OzmlError } from './error.js';
import { identifier, keys } from './kinds.js';
import { LIMITS } from './limits.js';
import { required } from './parameter.js';
import type { Row } from './row.js';
import { row } from './row.js';
import type { Command, CommandInside, CommandSet, InputTemplate, ItemTemplate, Script } from './script.js';
import { findRow, misplaced } from './tables.js';
import { fixedText, template } from './template.js';
import { checkFixed, givenValues, isOfXml } from './values.js';

/**
 * Reads an answer in OzML ("OzML reference book").
 * @param set which commands the notification allows
 * @throws OzmlError 300 for what is not OzML, 301 to 303 for its commands. Values with variables are not checked
 *   before the command is reached.
 */
export function parseOzml<S extends CommandSet>(text: string, set: S): Script<S> {
  if (/^\uFEFF?\s*$/.test(text)) return { set, commands: [] };
  const root = readRoot(text);
  if (root.name.toLowerCase() !== 'response') {
    throw OzmlError.parse(`the outermost element is <${root.name.slice(0, 64)}>, not <Response>`);
  }
  if (root.text.trim() !== '') throw OzmlError.parse('there is text between the commands');
  return { set, commands: new Parser(set).script(root.children) };
}

function readRoot(text: string): XmlElement {
  try {
    return readXml(text, { maxDepth: LIMITS.depth, maxLength: LIMITS.scriptLength });
  } catch (error) {
    if (error instanceof XmlError) throw OzmlError.parse(error.message);
    throw error;
  }
}

const NOTHING: CommandInside = { items: [], commands: [], initialCommands: [], inputs: [] };
const INPUT = row('Input', { key: required('Key', keys) });
const isNamed = (element: XmlElement, name: string) => element.name.toLowerCase() === name;

class Parser<S extends CommandSet> {
  readonly #set: S;
  #commands = 0;

  constructor(set: S) {
    this.#set = set;
  }

  script(elements: readonly XmlElement[]): Command<S>[] {
    return elements.map((element, index) => this.#command(element, index === 0));
  }

  #command(element: XmlElement, first: boolean): Command<S> {
    this.#commands += 1;
    if (this.#commands > LIMITS.commands)
      throw OzmlError.parse(`there are more than ${LIMITS.commands} commands`);
    const found = findRow(this.#set, element.name);
    if (found.onlyFirst && !first) throw OzmlError.inappropriate(element.name);
    const values = givenValues(element, found);
    checkFixed(values, found, element.name);
    return {
      set: this.#set,
      row: found,
      written: element.name,
      values,
      inside: this.#inside(element, found),
    };
  }

  #inside(element: XmlElement, { inside }: Row): CommandInside {
    const { children } = element;
    switch (inside) {
      case 'nothing':
        if (children[0]) misplaced(children[0].name);
        return NOTHING;
      case 'items':
        return { ...NOTHING, items: itemsOf(element) };
      case 'commands':
        return { ...NOTHING, commands: this.#block(children) };
      case 'menu':
        return this.#menu(element);
    }
  }

  /** Commands inside of one: none of them is the script's first. */
  #block(elements: readonly XmlElement[]): Command<S>[] {
    return elements.map((element) => this.#command(element, false));
  }

  #menu(element: XmlElement): CommandInside {
    let initialCommands: readonly Command[] | undefined;
    let inputs: readonly InputTemplate[] | undefined;
    for (const child of element.children) {
      if (isNamed(child, 'initialcommands') && !initialCommands) {
        refuseText(child, element);
        initialCommands = this.#block(child.children);
      } else if (isNamed(child, 'inputs') && !inputs) {
        refuseText(child, element);
        inputs = this.#inputs(child, element);
      } else if (isNamed(child, 'initialcommands') || isNamed(child, 'inputs')) {
        throw OzmlError.parameter(child.name, element.name);
      } else {
        misplaced(child.name);
      }
    }
    return { ...NOTHING, initialCommands: initialCommands ?? [], inputs: inputs ?? [] };
  }

  #inputs({ children, name }: XmlElement, menu: XmlElement): InputTemplate[] {
    if (children.length > LIMITS.items) throw OzmlError.parameter(name, menu.name);
    const inputs = children.map((child) => {
      if (!isNamed(child, 'input')) misplaced(child.name);
      const values = givenValues(child, INPUT);
      checkFixed(values, INPUT, child.name);
      return { key: values.get('key') ?? [], commands: this.#block(child.children), written: child.name };
    });
    const known = new Set<string>();
    for (const { key, written } of inputs) {
      const text = fixedText(key)?.toUpperCase();
      if (text !== undefined && known.has(text)) throw OzmlError.parameter('Key', written);
      if (text !== undefined) known.add(text);
    }
    return inputs;
  }
}

/** `InitialCommands` and `Inputs` hold elements, nothing else. */
function refuseText({ name, text, attributes }: XmlElement, within: XmlElement): void {
  if (text.trim() !== '' || attributes.length > 0) throw OzmlError.parameter(name, within.name);
}

function itemsOf(array: XmlElement): ItemTemplate[] {
  if (array.children.length > LIMITS.items) throw OzmlError.parameter('item', array.name);
  return array.children.map((item) => {
    if (!isNamed(item, 'item') || item.children.length > 0) throw OzmlError.parameter('item', array.name);
    const fields = new Map<string, ReturnType<typeof template>>();
    for (const { name, value } of item.attributes) {
      if (isOfXml(name)) continue;
      const key = name.toLowerCase();
      if (identifier.read(name) === undefined || fields.has(key)) throw OzmlError.parameter(name, item.name);
      fields.set(key, template(value));
    }
    return { text: template(item.text), fields };
  });
}
