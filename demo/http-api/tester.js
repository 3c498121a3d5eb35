/** The HTTP API Tester: a form for each command, what goes out and comes back, and what happens meanwhile. */
import { outcomeOf, shownAnswer } from './answer.js';
import { byId } from './dom.js';
import { filledIn, listCommands, showCommand } from './form.js';
import { addEntry, clearLog } from './log.js';
import { asCurl, makeRequest, send, shownRequest } from './request.js';
import { readEvents } from './stream.js';

/** The commands there are, and the port of the API, from the phone system. */
const description = await fetch('api.json', { cache: 'no-store' })
  .then((response) => (response.ok ? response.json() : null))
  .catch(() => null);

// Outside demo mode there are no other pages to go to.
if (description?.demo) await import('../site.js');
if (description) start(description);
else tellTrouble('The phone system does not say which commands there are. Is it running? Reload the page.');

function start({ port, signIn, commands }) {
  const address = new URL(location.origin);
  address.port = port;
  const api = address.origin;
  const byName = new Map(commands.map((command) => [command.name, command]));

  const chosen = () => byName.get(byId('command').value);
  const method = () => document.querySelector('input[name=method]:checked').value;
  const request = () => makeRequest(api, method(), chosen().name, filledIn());
  const username = () => (signIn ? byId('username').value : '');

  /** User name and password as a header (RFC 7617), in UTF-8. */
  const credentials = () => {
    if (!signIn || username() === '') return {};
    const bytes = new TextEncoder().encode(`${username()}:${byId('password').value}`);
    return { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
  };

  const showRequest = () => byId('request').replaceChildren(...shownRequest(request()));
  const show = () => {
    const { parameters } = chosen();
    showCommand(chosen());
    // Long texts, and passwords in them, are better not in an address.
    const wanted = parameters.some(({ long }) => long) ? 'POST' : 'GET';
    document.querySelector(`input[name=method][value=${wanted}]`).checked = true;
    showRequest();
  };

  listCommands(commands);
  // A link such as #SendSms leads to a command.
  if (byName.has(location.hash.slice(1))) byId('command').value = location.hash.slice(1);
  byId('sign-in').hidden = !signIn;
  for (const id of ['username', 'password']) byId(id).disabled = !signIn;
  show();
  byId('command').addEventListener('change', () => {
    history.replaceState(null, '', `#${chosen().name}`);
    show();
  });
  byId('form').addEventListener('input', showRequest);
  byId('copy').addEventListener('click', () => copy(asCurl(request(), username())));
  byId('clear').addEventListener('click', clearLog);

  const tellStream = (state, words) => {
    byId('stream').dataset.state = state;
    byId('stream').textContent = words;
  };
  const events = readEvents(api, { headers: credentials, entry: addEntry, state: tellStream });
  if (signIn) tellStream('waiting', 'Waiting for user name and password');
  else events.restart();
  byId('password').addEventListener('change', events.restart);

  byId('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = event.submitter ?? document.querySelector('.strong');
    button.disabled = true;
    tellStatus('', 'Waiting …');
    try {
      showAnswer(await send(request(), credentials()));
      if (byId('stream').dataset.state === 'bad') events.restart();
    } catch {
      tellStatus('bad', `${api} cannot be reached.`);
    } finally {
      button.disabled = false;
    }
  });
}

function showAnswer({ status, text, ms }) {
  byId('no-response').hidden = true;
  byId('response').hidden = false;
  if (status === 200) {
    const { code, message } = outcomeOf(text);
    tellStatus(code === 200 ? 'good' : 'bad', `${code} ${message} · ${ms} ms`);
    byId('response').replaceChildren(...shownAnswer(text));
  } else {
    tellStatus('bad', `HTTP ${status} · ${ms} ms`);
    byId('response').replaceChildren(text);
  }
}

function tellStatus(state, words) {
  byId('status').dataset.state = state;
  byId('status').textContent = words;
}

function tellTrouble(words) {
  byId('trouble').textContent = words;
  byId('trouble').hidden = false;
}

/** Copies a text; where the browser does not let pages do that, it is shown and selected. */
async function copy(text) {
  const button = byId('copy');
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = label), 1500);
  } catch {
    byId('request').textContent = text;
    getSelection().selectAllChildren(byId('request'));
  }
}
