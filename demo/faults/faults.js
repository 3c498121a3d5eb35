/** Faults, tried out in a call: a button for each, and what the telephone says meanwhile. */
import { chooseAccount } from '../accounts.js';
import '../site.js';
import { make } from '../dom.js';
import { COURSES } from './courses.js';

const client = document.querySelector('#phone');
const far = document.querySelector('#far');
const outcome = document.querySelector('#outcome');
const log = document.querySelector('#log');
const call = document.querySelector('#call');
const buttons = new Map();
/** What was done to a call already. */
const done = new Set();
const began = performance.now();
let last = '';

document.querySelector('#list').append(
  ...COURSES.map(({ fault, title, what, seen }) => {
    const button = make(
      'button',
      { type: 'button', value: fault, 'aria-describedby': `about-${fault}` },
      title,
    );
    button.addEventListener('click', () => simulate(fault, title));
    buttons.set(fault, button);
    return make(
      'li',
      {},
      button,
      make(
        'div',
        { id: `about-${fault}` },
        make('p', {}, what),
        make('p', {}, make('strong', {}, 'To be seen: '), seen),
      ),
    );
  }),
);
chooseAccount(client, { again: true, first: '1001' });
call.addEventListener('click', callMusic);
void Promise.all([client, far].map(({ localName }) => customElements.whenDefined(localName))).then(() => {
  client.phone.subscribe(show);
  far.phone.subscribe(answer);
  show();
});

/** Puts a fault between this page and the phone system, one after the other. */
async function simulate(fault, title) {
  for (const button of buttons.values()) button.disabled = true;
  outcome.textContent = `${title} …`;
  write(`Fault: ${title}`);
  try {
    await client.phone.simulate(fault);
    outcome.textContent = `${title}: over.`;
    write(`Over: ${title}`);
  } catch (error) {
    outcome.textContent = `${title}: ${error.message}`;
  }
  show();
  buttons.get(fault).focus();
}

/** What the telephone says now; what has changed goes into the log. */
function show() {
  const { connection, calls, selectedCallId, problem } = client.phone.getState();
  const selected = calls.find(({ id }) => id === selectedCallId) ?? calls.at(-1);
  const { state = 'none', media = 'none' } = selected ?? {};
  const now = {
    Connection: connection.status,
    'The next attempt': connection.retryAt ? new Date(connection.retryAt).toLocaleTimeString() : 'none',
    Call: state,
    Sound: media,
    Problem: problem?.code ?? 'none',
  };
  document
    .querySelector('#state')
    .replaceChildren(...Object.entries(now).map(([name, value]) => row(name, value)));
  const text = `connection ${connection.status}, call ${state}, sound ${media}`;
  if (text !== last) write(text);
  last = text;
  const connected = connection.status === 'connected';
  call.disabled = !connected || calls.some((one) => one.state !== 'ended');
  const under = outcome.textContent.endsWith('…');
  for (const button of buttons.values()) button.disabled = !connected || under;
}

function row(name, value) {
  return make('div', {}, make('dt', {}, name), make('dd', {}, value));
}

function write(text) {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  log.firstElementChild.append(make('li', {}, make('time', {}, `${seconds} s`), make('span', {}, text)));
  log.scrollTop = log.scrollHeight;
}

/** Calls the page's other telephone, at an extension that is not one's own. */
async function callMusic() {
  const extension = client.phone.getState().identity?.number === '1003' ? '1004' : '1003';
  call.disabled = true;
  const signIn = { extension, password: `demo-${extension}` };
  await far.phone.connect({ server: client.phone.getState().connection.server, signIn });
  // What becomes of the call, the telephone shows.
  await client.phone.dial(extension).catch(() => {});
}

/** The other telephone answers, and lets the phone system play its music; each once for a call. */
function answer() {
  for (const { id, state } of far.phone.getState().calls) {
    if (state === 'ringing' && !done.has(`answer ${id}`)) {
      done.add(`answer ${id}`);
      far.phone.ignore(id);
      far.phone.accept(id).catch(console.warn);
    } else if (state === 'active' && !done.has(`hold ${id}`)) {
      done.add(`hold ${id}`);
      far.phone.hold(id).catch(console.warn);
    }
  }
}
