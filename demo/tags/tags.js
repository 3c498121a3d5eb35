/** A page about a tag (`?tag=ozeki-dialpad`), or the list of all. */
import { chooseAccount } from '../accounts.js';
import '../site.js';
import { apiTables } from './api-table.js';
import { inline, make, prose } from '../dom.js';
import { readTags } from './manifest.js';
import { SET_UPS } from './set-ups.js';

const place = (id) => document.querySelector(`#${id}`);
const wanted = new URLSearchParams(location.search).get('tag');

chooseAccount(place('phone'), { again: true });

try {
  const tags = await readTags();
  const tag = tags.find(({ tagName }) => tagName === wanted);
  if (tag) showTag(tag, tags);
  else showAll(tags);
} catch (error) {
  place('page').append(make('h1', {}, 'Tags'), make('p', { role: 'alert' }, error.message));
}

/** The list of all tags. */
function showAll(tags) {
  place('page').append(
    make('h1', {}, 'Tags'),
    make(
      'p',
      {},
      ...inline(
        wanted
          ? `There is no tag \`${wanted}\`. These there are:`
          : 'Each stands alone, and all work together inside an `<ozeki-client>`.',
      ),
    ),
    make(
      'ul',
      { class: 'cards' },
      ...tags.map(({ tagName, summary = '' }) =>
        make(
          'li',
          {},
          make('a', { href: `?tag=${tagName}` }, make('code', {}, `<${tagName}>`)),
          make('p', {}, ...inline(firstSentence(summary))),
        ),
      ),
    ),
  );
}

/** A tag: what it is for, examples, and its tables; the other tags beside. */
function showTag(tag, tags) {
  const { tagName, summary, description } = tag;
  document.title = `<${tagName}> – Ozeki Webphone`;
  place('page').append(
    make(
      'nav',
      { class: 'tags', 'aria-label': 'Tags' },
      make('a', { href: './' }, 'All'),
      ...tags.map((other) =>
        make(
          'a',
          { href: `?tag=${other.tagName}`, ...(other === tag && { 'aria-current': 'page' }) },
          other.tagName.replace('ozeki-', ''),
        ),
      ),
    ),
    make('h1', {}, make('code', {}, `<${tagName}>`)),
    make('div', { class: 'prose' }, ...prose(summary), ...prose(description)),
  );
  const examples = [...document.querySelectorAll(`template[data-tag="${tagName}"]`)];
  place('examples').append(
    make('h2', {}, 'Examples'),
    ...(examples.length ? examples.map(showExample) : [showDefault(tagName)]),
  );
  place('api').append(make('h2', {}, 'What it has'), ...apiTables(tag));
  // Not before what stands above it: a button that moves is pressed in vain.
  place('phone').hidden = false;
}

/** A live example, and what it is written like. */
function showExample(template) {
  const { title, setUp } = template.dataset;
  const live = make('div', { class: 'live' }, template.content.cloneNode(true));
  SET_UPS[setUp]?.(live);
  return example(title, live, [unindented(template.innerHTML), setUp && scriptOf(SET_UPS[setUp])]);
}

function showDefault(tagName) {
  return example('As it is', make('div', { class: 'live' }, make(tagName)), [`<${tagName}></${tagName}>`]);
}

function example(title, live, sources) {
  const pres = sources
    .filter(Boolean)
    .map((source) => make('pre', { tabindex: '0' }, make('code', {}, source)));
  return make('section', { class: 'example' }, make('h3', {}, title), live, ...pres);
}

/** The lines of a function's body. */
function scriptOf(setUp) {
  return unindented(
    String(setUp)
      .replace(/^[^\n]*\n/, '')
      .replace(/\n[^\n]*$/, ''),
  );
}

/** Lines without what all of them are indented by, nor what the browser adds to attributes without a value. */
function unindented(text) {
  const lines = text
    .replace(/=""/g, '')
    .replace(/^\s*\n|\s+$/g, '')
    .split('\n');
  const depth = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(depth)).join('\n');
}

function firstSentence(text) {
  return text.split(/\n{2,}/)[0].replace(/\.\s.*$/s, '.');
}
