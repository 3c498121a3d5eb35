/** The answer, put into lines. It is XML of the phone system's own, so each tag can be told by its brackets. */
import { element } from './dom.js';

const PIECE = /<(?<close>\/?)(?<name>[^\s/>]+)[^>]*>|[^<]+/g;

/** What `<Code>` and `<Message>` say. */
export function outcomeOf(text) {
  const textOf = (name) => decoded(new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '');
  return { code: Number(textOf('Code')), message: textOf('Message') };
}

/** The answer with one element a line, indented. */
export function shownAnswer(text) {
  const lines = [];
  let depth = 0;
  for (const [piece] of text.matchAll(/<[^/?!][^>]*>[^<]*<\/[^>]*>|<[^>]*>|[^<]+/g)) {
    if (piece.trim() === '') continue;
    if (piece.startsWith('</')) depth -= 1;
    lines.push('  '.repeat(Math.max(0, depth)), ...coloured(piece), '\n');
    const opens = /^<[^/?!]/.test(piece) && !piece.includes('</') && !piece.endsWith('/>');
    if (opens) depth += 1;
  }
  return lines.slice(0, -1);
}

function coloured(piece) {
  return [...piece.matchAll(PIECE)].map(({ 0: part, groups }) =>
    groups?.name ? element('span', { className: 'key' }, part) : decoded(part),
  );
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text) {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_all, name) => ENTITIES[name]);
}
