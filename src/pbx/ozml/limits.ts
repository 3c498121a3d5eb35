/** What a script may hold. Everything beyond is an {@link OzmlError}, so that no answer of a site can cost much. */
export const LIMITS = {
  /** Characters of a whole script. */
  scriptLength: 1_000_000,
  /** How deep elements may lie in each other: about twenty menus. */
  depth: 64,
  /** Commands of a script, those inside of others counted. */
  commands: 1000,
  /** Items of an array, inputs of a menu. */
  items: 1000,
  /** Commands and turns of one ForEach, those of the ones inside of it counted. */
  steps: 10_000,
  /** Characters that all variables and arrays hold together. */
  memory: 1_000_000,
  /** Characters of a long text: what is spoken, sent or kept in a variable. */
  text: 16_384,
  /** Characters of an address. */
  url: 2048,
  /** Characters of a name, number or other short text. */
  name: 128,
  /** Keys at once: of an Input, or sent into a call. */
  keys: 64,
} as const;
