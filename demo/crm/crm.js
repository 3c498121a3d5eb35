/** A page as companies have them: customers, their numbers, and whoever calls. The telephone is one tag on it. */
import { linkTelephone } from '/link-telephone.js';
import { chooseAccount } from '../accounts.js';
import '../site.js';
import { make } from '../dom.js';
import { CUSTOMERS } from './customers.js';

const phone = document.querySelector('#phone');
const list = document.querySelector('#customers');
const record = document.querySelector('#record');
const told = document.querySelector('#told');
const find = document.querySelector('#find');
let shown = CUSTOMERS[0];

chooseAccount(phone, { again: true });

// Every number on this page, and those that come, calls with the phone in the corner.
await linkTelephone(document.querySelector('.crm'), { client: 'phone', observe: true });

phone.addEventListener('ozeki-incoming-call', ({ detail: { remote } }) => {
  const customer = CUSTOMERS.find(({ numbers }) =>
    Object.values(numbers).some((number) => plain(number) === plain(remote.number)),
  );
  if (!customer) return;
  show(customer);
  told.textContent = `${customer.name} is calling.`;
  record.scrollIntoView({ block: 'nearest' });
});

find.addEventListener('input', showList);
showList();
show(shown);

function showList() {
  const wanted = find.value.toLowerCase();
  const found = CUSTOMERS.filter(({ name, company, city }) =>
    [name, company, city].join(' ').toLowerCase().includes(wanted),
  );
  list.replaceChildren(...found.map(entry));
  document.querySelector('#nobody').hidden = found.length > 0;
}

function entry(customer) {
  const button = make(
    'button',
    { type: 'button', 'aria-pressed': String(customer === shown) },
    make('b', {}, customer.name),
    make('span', {}, `${customer.company}, ${customer.city}`),
  );
  button.addEventListener('click', () => {
    told.textContent = '';
    show(customer);
  });
  return make('li', {}, button, make('span', { class: 'tel', dir: 'ltr' }, customer.numbers.Phone));
}

/** The record of a customer. */
function show(customer) {
  shown = customer;
  const { name, company, city, numbers, note, orders } = customer;
  for (const [index, button] of [...list.querySelectorAll('button')].entries())
    button.setAttribute('aria-pressed', String(list.children[index].textContent.startsWith(name)));
  const lines = Object.entries(numbers).flatMap(([kind, number]) => [
    make('dt', {}, kind),
    make('dd', {}, make('span', { class: 'tel', dir: 'ltr' }, number)),
  ]);
  record.replaceChildren(
    make('h2', {}, name),
    make('p', {}, `${company}, ${city}`),
    make('dl', {}, ...lines),
    make('h3', {}, 'Note'),
    make('p', {}, note),
    make('h3', {}, 'Orders'),
    orders.length ? table(orders) : make('p', {}, 'None yet.'),
  );
}

function table(orders) {
  const head = ['Date', 'What', 'State'].map((title) => make('th', { scope: 'col' }, title));
  const rows = orders.map((order) => make('tr', {}, ...order.map((value) => make('td', {}, value))));
  return make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows));
}

function plain(number) {
  return number.replace(/[^\d+]/g, '');
}
