/** The tables of what a tag has: attributes and properties, methods, events, slots, parts, states and tokens. */
import { inline, make } from '../dom.js';

/** Of each table: its title, its columns, and its rows for a tag. */
const TABLES = [
  {
    title: 'Attributes and properties',
    columns: ['Attribute', 'Property', 'Type', 'Default', 'What it does'],
    rows: ({ attributes = [], members = [] }) => {
      const fields = members.filter(
        ({ kind, privacy }) => kind === 'field' && (privacy ?? 'public') === 'public',
      );
      const only = attributes.filter(({ name }) => !fields.some(({ attribute }) => attribute === name));
      return [
        ...fields.map(({ name, attribute, type, default: value, description }) => [
          code(attribute),
          code(name),
          code(type?.text),
          code(value),
          description,
        ]),
        ...only.map(({ name, fieldName, type, default: value, description }) => [
          code(name),
          code(fieldName),
          code(type?.text),
          code(value),
          description,
        ]),
      ];
    },
  },
  {
    title: 'Methods',
    columns: ['Method', 'What it does'],
    rows: ({ members = [] }) =>
      members
        .filter(({ kind, privacy }) => kind === 'method' && (privacy ?? 'public') === 'public')
        .map(({ name, parameters = [], description }) => [
          code(`${name}(${parameters.map((one) => one.name).join(', ')})`),
          description,
        ]),
  },
  {
    title: 'Events',
    columns: ['Event', 'Class', 'When'],
    rows: ({ events = [] }) =>
      events.map(({ name, type, description }) => [code(name), code(type?.text), description]),
  },
  {
    title: 'Slots',
    columns: ['Slot', 'What goes there'],
    rows: ({ slots = [] }) => slots.map(({ name, description }) => [code(name || '(default)'), description]),
  },
  {
    title: 'Parts',
    columns: ['::part()', 'What it is'],
    rows: ({ cssParts = [] }) => cssParts.map(({ name, description }) => [code(name), description]),
  },
  {
    title: 'States',
    columns: [':state()', 'When'],
    rows: ({ cssStates = [] }) => cssStates.map(({ name, description }) => [code(name), description]),
  },
  {
    title: 'Tokens',
    columns: ['Custom property', 'Default', 'What it is for'],
    rows: ({ cssProperties = [] }) =>
      cssProperties.map(({ name, default: value, description }) => [code(name), code(value), description]),
  },
];

/** The tables that have rows, for a tag of the manifest. */
export function apiTables(tag) {
  return TABLES.flatMap(({ title, columns, rows }) => {
    const lines = rows(tag);
    if (!lines.length) return [];
    const id = `api-${title.replace(/\W+/g, '-').toLowerCase()}`;
    return make(
      'div',
      { class: 'api' },
      make('h3', { id }, title),
      make(
        'div',
        { class: 'wide', tabindex: '0', role: 'region', 'aria-labelledby': id },
        make(
          'table',
          {},
          make(
            'thead',
            {},
            make('tr', {}, ...columns.map((column) => make('th', { scope: 'col' }, ...inline(column)))),
          ),
          make('tbody', {}, ...lines.map((line) => make('tr', {}, ...line.map(cell)))),
        ),
      ),
    );
  });
}

function code(text) {
  return text ? { code: text } : '';
}

function cell(value = '') {
  return typeof value === 'string'
    ? make('td', {}, ...inline(value))
    : make('td', {}, make('code', {}, value.code));
}
