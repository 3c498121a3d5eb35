/** The log of what happens: a list for each call, the latest call first, and one for what belongs to no call. */
import { byId, element } from './dom.js';

/** Entries that are shown; the oldest lists go first. */
const MAX_ENTRIES = 1000;

const lists = new Map();
let count = 0;

export function addEntry(entry) {
  const list = listFor(entry);
  list.append(row(entry));
  count += 1;
  byId('no-events').hidden = true;
  for (const [key, oldest] of lists) {
    if (count <= MAX_ENTRIES || oldest === list) break;
    count -= oldest.childElementCount;
    lists.delete(key);
    oldest.parentElement.remove();
  }
}

export function clearLog() {
  lists.clear();
  count = 0;
  byId('events').replaceChildren();
  byId('no-events').hidden = false;
}

function listFor({ callId, apiExtension }) {
  const known = lists.get(callId);
  if (known) return known;
  const list = element('ol');
  const title = callId === null ? 'Without a call' : 'Call';
  const more = [callId, apiExtension && `API extension ${apiExtension}`].filter(Boolean).join(' · ');
  const heading = element('h3', {}, title, element('small', {}, more));
  byId('events').prepend(element('section', { className: 'call' }, heading, list));
  lists.set(callId, list);
  return list;
}

function row(entry) {
  const { kind, what, more, bad } = WORDS[entry.type]?.(entry) ?? { kind: entry.type, what: '', more: '' };
  const at = new Date(entry.at);
  return element(
    'li',
    { dataset: { state: bad ? 'bad' : 'good' } },
    element('time', { dateTime: at.toISOString() }, at.toLocaleTimeString('en-GB')),
    element('span', { className: 'kind' }, kind),
    element('span', { className: 'what' }, element('b', {}, what), ' ', element('span', {}, more)),
  );
}

const joined = (...parts) => parts.filter(Boolean).join(' · ');

/** Each type of entry in words. */
const WORDS = {
  command: ({ name, code, problem }) => ({
    kind: 'Command',
    what: name,
    more: problem ?? `${code}`,
    bad: code !== 200,
  }),
  notification: ({ step, name, url, detail, ms, problem }) => ({
    kind: 'Notification',
    what: name,
    more: joined(detail, url, `${ms} ms`, step === 'failed' ? problem || 'failed' : ''),
    bad: step === 'failed',
  }),
  script: ({ step, command, code, problem }) => ({
    kind: 'Script',
    what: { begun: 'begins', command, ended: 'ends', error: `Error ${code ?? ''}` }[step],
    more: problem ?? '',
    bad: step === 'error',
  }),
};
