/** The form of a command: one field for each parameter, as the phone system describes them. */
import { byId, element } from './dom.js';

/** What stands in a field at first where a blank one would be of little help. */
const SAMPLES = {
  AuthXml: `<?xml version="1.0"?>
<SecurityToken>
  <AllowSessionModification>False</AllowSessionModification>
</SecurityToken>`,
  ConfigXML: `<?xml version="1.0"?>
<Config knownType="WebphoneExtensionInfo">
  <ID>1005</ID>
  <Username>New desk</Username>
  <Password>choose one</Password>
  <Enabled>true</Enabled>
</Config>`,
};

/** What was typed, by parameter: going back to a command brings it back, and so does a parameter of the same name. */
const typed = new Map(Object.entries(SAMPLES));

/** Fills the list of commands. */
export function listCommands(commands) {
  const groups = new Map();
  for (const { name, group } of commands) {
    if (!groups.has(group)) groups.set(group, element('optgroup', { label: group }));
    groups.get(group).append(element('option', { value: name }, name));
  }
  byId('command').replaceChildren(...groups.values());
}

/** Shows the fields of a command. */
export function showCommand({ summary, right, parameters }) {
  byId('summary').textContent = summary;
  byId('summary').title = `Needs the right “${right}”.`;
  byId('parameters').replaceChildren(...parameters.map(field));
}

/** What is filled in, in the order of the fields. */
export function filledIn() {
  return [...byId('parameters').querySelectorAll('[name]')]
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => [name, value]);
}

function field(parameter) {
  const { name, required, expects, choices, fallback } = parameter;
  const control = controlFor(parameter);
  control.id = `parameter-${name}`;
  control.addEventListener('input', () => typed.set(name, control.value));
  const hint = element('p', { className: 'hint', id: `hint-${name}` }, sentence(expects, choices, fallback));
  control.setAttribute('aria-describedby', hint.id);
  control.setAttribute('aria-required', String(required));
  const label = element('label', { htmlFor: control.id }, name);
  const need = required ? element('span', { className: 'need', ariaHidden: 'true' }, 'needed') : null;
  return element(
    'div',
    { className: 'field' },
    element('div', { className: 'name' }, label, need),
    control,
    hint,
  );
}

/** A required parameter may be empty in some commands, so the browser does not insist: the phone system says so. */
function controlFor({ name, required, choices, long }) {
  const value = typed.get(name) ?? '';
  if (choices.length === 0) {
    return element(long ? 'textarea' : 'input', { name, value, spellcheck: false, autocomplete: 'off' });
  }
  const options = required ? choices : ['', ...choices];
  const select = element(
    'select',
    { name },
    ...options.map((choice) => element('option', { value: choice }, choice === '' ? '–' : choice)),
  );
  if (options.includes(value)) select.value = value;
  return select;
}

function sentence(expects, choices, fallback) {
  const what = choices.length > 0 ? '' : expects.charAt(0).toUpperCase() + expects.slice(1);
  const without = fallback === '' ? '' : `${fallback} when left out`;
  return [what, without].filter(Boolean).join('; ');
}
