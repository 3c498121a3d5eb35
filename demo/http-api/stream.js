/** Reads `/events`. `EventSource` cannot send a password in a header, so the stream is read by `fetch`. */

/** How long to wait before asking again, in milliseconds. */
const AGAIN_MS = 3000;

/**
 * Reads the stream until it is closed. `headers` gives those of the next request; `entry` is told each event, `state`
 * how it goes: `good`, `waiting` or `bad`, with words.
 * @returns {{ restart(): void }} to ask, and to ask anew at once, for instance with another password
 */
export function readEvents(api, { headers, entry, state }) {
  let last = '';
  let turn = 0;
  let timer;
  let abort = new AbortController();

  async function read(mine, signal) {
    const current = () => mine === turn;
    try {
      const known = last === '' ? {} : { 'last-event-id': last };
      const response = await fetch(`${api}/events`, {
        headers: { ...headers(), ...known },
        cache: 'no-store',
        signal,
      });
      if (!response.ok) {
        const words = (await response.text()).trim();
        if (current()) state('bad', words);
        // With other credentials it is asked anew; a phone system that is not ready soon will be.
        if (response.status !== 503) return;
      } else {
        if (current()) state('good', 'Live');
        await eachEvent(response.body, (id, data) => {
          last = id;
          entry(JSON.parse(data));
        });
        if (current()) state('waiting', 'Connecting …');
      }
    } catch {
      if (current()) state('bad', 'The HTTP API cannot be reached.');
    }
    if (current()) timer = setTimeout(restart, AGAIN_MS);
  }

  function restart() {
    clearTimeout(timer);
    abort.abort();
    abort = new AbortController();
    turn += 1;
    void read(turn, abort.signal);
  }

  return { restart };
}

async function eachEvent(body, tell) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (text + value).split('\n\n');
    text = events.pop();
    for (const event of events) {
      const { id, data } = Object.fromEntries(
        event.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]),
      );
      if (data !== undefined) tell(id, data);
    }
  }
}
