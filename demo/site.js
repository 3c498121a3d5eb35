/** What all pages of the demo have: their head; light or dark, and the direction of writing, each until the tab is closed. */
import { fillHeader } from './header.js';

fillHeader();

const { documentElement: page } = document;
const remember = (key, value) => window.sessionStorage.setItem(`demo.${key}`, value);
const recall = (key) => window.sessionStorage.getItem(`demo.${key}`);

// Light and dark follow the system until the button says otherwise.
const theme = document.querySelector('#theme');
const system = window.matchMedia('(prefers-color-scheme: dark)');
let chosen = recall('theme');
function showTheme() {
  const dark = chosen ? chosen === 'dark' : system.matches;
  if (chosen) page.dataset.theme = chosen;
  theme.setAttribute('aria-pressed', String(dark));
}
theme.addEventListener('click', () => {
  chosen = (chosen ? chosen === 'dark' : system.matches) ? 'light' : 'dark';
  remember('theme', chosen);
  showTheme();
});
system.addEventListener('change', showTheme);
showTheme();

const direction = document.querySelector('#direction');
function turn(dir) {
  page.dir = dir;
  direction.setAttribute('aria-pressed', String(dir === 'rtl'));
}
direction.addEventListener('click', () => {
  turn(page.dir === 'rtl' ? 'ltr' : 'rtl');
  remember('direction', page.dir);
});
if (recall('direction') === 'rtl') turn('rtl');
