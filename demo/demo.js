/** What the demo adds to the tags: a choice of demo accounts, signing out, and light or dark. */
const client = document.querySelector('ozeki-client');
const accounts = document.querySelector('#accounts');
const signOut = document.querySelector('#sign-out');
const theme = document.querySelector('#theme');

// Credentials may be set at any time, before the tag is defined, too. Setting them signs in.
for (const account of accounts.querySelectorAll('button')) {
  account.addEventListener('click', () => {
    client.extension = account.value;
    client.password = `demo-${account.value}`;
  });
}

client.addEventListener('ozeki-connection-change', ({ detail }) => {
  const out = detail.status === 'signed-out' || detail.status === 'refused';
  accounts.hidden = !out;
  signOut.hidden = out;
});

// The title says who this tab is, and who calls it: a tab in the background is seen to ring.
customElements.whenDefined('ozeki-client').then(() => {
  client.phone.subscribe(() => {
    const { identity, calls } = client.phone.getState();
    const ringing = calls.find((call) => call.direction === 'incoming' && call.state === 'ringing');
    const caller = ringing && `☎ ${ringing.remote.name || ringing.remote.number}`;
    const self = identity && `${identity.number} ${identity.name}`;
    document.title = [caller, self, 'Ozeki Webphone'].filter(Boolean).join(' – ');
  });
});
signOut.addEventListener('click', () => client.signOut());

// Light and dark follow the system until the button says otherwise.
const system = window.matchMedia('(prefers-color-scheme: dark)');
let chosen;
function showTheme() {
  const dark = chosen ? chosen === 'dark' : system.matches;
  if (chosen) document.documentElement.dataset.theme = chosen;
  theme.setAttribute('aria-pressed', String(dark));
}
theme.addEventListener('click', () => {
  chosen = (chosen ? chosen === 'dark' : system.matches) ? 'light' : 'dark';
  showTheme();
});
system.addEventListener('change', showTheme);
showTheme();
