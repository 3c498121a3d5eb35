/** The request as it goes out, as it is shown, and as a command line. User name and password are in none of them. */
import { element } from './dom.js';

/** Makes the request of a command with its parameters: `{ method, url, body }`. */
export function makeRequest(api, method, command, parameters) {
  const form = new URLSearchParams([['Command', command], ...parameters]).toString();
  return method === 'GET'
    ? { method, url: `${api}/?${form}`, body: null }
    : { method, url: `${api}/`, body: form };
}

/** Sends it; user name and password go into the header. */
export async function send({ method, url, body }, credentials) {
  const headers = { ...credentials };
  if (body !== null) headers['content-type'] = 'application/x-www-form-urlencoded';
  const begun = performance.now();
  const response = await fetch(url, { method, body, headers, cache: 'no-store' });
  const text = await response.text();
  return { status: response.status, text, ms: Math.round(performance.now() - begun) };
}

/** The request for people, one parameter a line. */
export function shownRequest({ method, url, body }) {
  const [address, query = ''] = url.split('?');
  const form = body ?? query;
  const parameters = form.split('&').flatMap((pair, index) => {
    const [name, value] = pair.split('=');
    return [index === 0 ? '' : '\n&', element('span', { className: 'key' }, name), `=${value}`];
  });
  const head = element('span', { className: 'dim' }, `${method} `);
  if (body === null) return [head, `${address}?\n`, ...parameters];
  const type = 'Content-Type: application/x-www-form-urlencoded';
  return [head, `${address}\n`, element('span', { className: 'dim' }, `${type}\n\n`), ...parameters];
}

/** The request as a curl command; curl asks for the password itself. */
export function asCurl({ method, url, body }, username) {
  const [address, query = ''] = url.split('?');
  const data = [...new URLSearchParams(body ?? query)].map(
    ([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`,
  );
  return [
    `curl ${method === 'GET' ? '--get ' : ''}${quoted(address)}`,
    ...(username === '' ? [] : [`--user ${quoted(username)}`]),
    ...data,
  ].join(' \\\n  ');
}

/** A word of a POSIX shell. */
function quoted(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
