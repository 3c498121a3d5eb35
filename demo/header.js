/** The head of every page of the demo: the way between the pages, and what each of them has. */
import { make } from './dom.js';

/** Where the demo begins. */
const START = new URL('./', import.meta.url);

const PAGES = [
  ['webphone/', 'Webphone'],
  ['tags/', 'Tags'],
  ['crm/', 'Customers'],
  ['operator/', 'Operator'],
  ['theming/', 'Theming'],
  ['faults/', 'Faults'],
  ['ozeki-api/', 'JavaScript API'],
  ['http-api/', 'HTTP API'],
];

/** Fills in the page's `<header>`. */
export function fillHeader() {
  const here = new URL('./', location.href).href;
  const address = (path) => new URL(path, START).href;
  const icon = make('img', { src: address('icon.svg'), alt: '', width: 32, height: 32 });
  const name = 'Ozeki Webphone';
  const signOut = make('button', { id: 'sign-out', type: 'button' }, 'Sign out');
  signOut.hidden = true;
  document
    .querySelector('header')
    .replaceChildren(
      here === START.href
        ? make('h1', { class: 'home' }, icon, name)
        : make('a', { class: 'home', href: START.href }, icon, name),
      make(
        'nav',
        { 'aria-label': 'Demo' },
        ...PAGES.map(([path, title]) =>
          make(
            'a',
            { href: address(path), ...(here === address(path) && { 'aria-current': 'page' }) },
            title,
          ),
        ),
      ),
      signOut,
      make('button', { id: 'direction', type: 'button', 'aria-pressed': 'false' }, 'Right to left'),
      make('button', { id: 'theme', type: 'button', 'aria-pressed': 'false' }, 'Dark'),
    );
}
