/** Themes and tokens, tried out: what differs from the default theme is the style sheet to take along. */
import { chooseAccount } from '../accounts.js';
import '../site.js';
import { make } from '../dom.js';
import { THEMES } from './themes.js';
import { TOKENS } from './tokens.js';

const form = document.querySelector('#tokens');
const sheet = document.querySelector('#css');
const preview = document.querySelector('.preview');
const copied = document.querySelector('#copied');
/** What was changed, by token: one value, or one for light and one for dark. */
const changed = new Map();
let theme = THEMES[0];
const link = make('link', { rel: 'stylesheet' });
link.addEventListener('load', fill);

chooseAccount(document.querySelector('ozeki-client'), { again: true, first: '1001' });

form.append(
  make(
    'fieldset',
    { class: 'themes' },
    make('legend', {}, 'Theme'),
    ...THEMES.map((one) => {
      const input = make('input', { type: 'radio', name: 'theme', value: one.name });
      input.checked = one === theme;
      input.addEventListener('change', () => choose(one));
      return make('label', {}, input, one.name);
    }),
  ),
  ...TOKENS.map(([title, tokens]) =>
    make('fieldset', {}, make('legend', {}, title), ...tokens.map((token) => field(token))),
  ),
  make('button', { type: 'reset' }, 'As the theme has it'),
);
form.addEventListener('reset', (event) => {
  event.preventDefault();
  choose(theme);
});
form.addEventListener('submit', (event) => event.preventDefault());
document.querySelector('#copy').addEventListener('click', copy);
show();

/** The input of a token, or two: for light and dark. */
function field([name, what, ...values]) {
  const id = `token-${name}`;
  const inputs = values.map((value, index) => {
    const colour = values.length > 1;
    const input = make('input', { type: colour ? 'color' : 'text', 'data-token': name, 'data-index': index });
    input.setAttribute('aria-label', colour ? `${what}, ${index ? 'dark' : 'light'}` : what);
    input.defaultValue = value;
    input.addEventListener('input', () => change(name));
    return input;
  });
  return make(
    'div',
    { class: 'token', id },
    make('span', {}, what, make('code', {}, `--ozeki-${name}`)),
    ...inputs,
  );
}

function inputsOf(name) {
  return [...form.querySelectorAll(`[data-token="${name}"]`)];
}

function change(name) {
  const values = inputsOf(name).map(({ value }) => value.trim());
  const css = values.length > 1 ? `light-dark(${values.join(', ')})` : values[0];
  if (css && window.CSS.supports(name.startsWith('color') ? 'color' : '--any', css)) changed.set(name, css);
  show();
}

/** Takes a theme, without what was changed about another. */
function choose(other) {
  theme = other;
  changed.clear();
  if (theme.href) {
    link.href = theme.href;
    if (!link.isConnected) document.head.append(link);
  } else link.remove();
  show();
  fill();
}

/** Has the inputs show what the theme says; what it does not say is as in the default theme. */
function fill() {
  const style = window.getComputedStyle(preview);
  for (const [, tokens] of TOKENS)
    for (const [name, , ...values] of tokens) {
      const said = style.getPropertyValue(`--ozeki-${name}`).trim();
      const colours = said.match(/#[\da-f]{3,8}\b/gi);
      for (const [index, input] of inputsOf(name).entries()) {
        if (values.length > 1) input.value = long(colours?.[index] ?? colours?.[0] ?? values[index]);
        else input.value = said || values[index];
      }
    }
}

/** Shows what is changed: on the tags, and as a style sheet. */
function show() {
  for (const [, tokens] of TOKENS)
    for (const [name] of tokens) {
      if (changed.has(name)) preview.style.setProperty(`--ozeki-${name}`, changed.get(name));
      else preview.style.removeProperty(`--ozeki-${name}`);
    }
  const lines = [...changed].map(([name, value]) => `  --ozeki-${name}: ${value};`);
  const imported = theme.href ? [`@import '${theme.href}';`, ''] : [];
  sheet.textContent = [
    ...imported,
    ':root {',
    ...(lines.length ? lines : ['  /* Nothing is changed yet. */']),
    '}',
  ].join('\n');
  copied.textContent = '';
}

async function copy() {
  try {
    await navigator.clipboard.writeText(sheet.textContent);
    copied.textContent = 'Copied.';
  } catch {
    getSelection().selectAllChildren(sheet);
    copied.textContent = 'Selected: copy it with the keyboard.';
  }
}

/** `#abc` as `#aabbcc`, as an input of a colour wants it. */
function long(colour) {
  const digits = colour.slice(1, 7);
  return digits.length < 6 ? `#${[...digits.slice(0, 3)].map((one) => one + one).join('')}` : `#${digits}`;
}
