/**
 * The choice of a demo account, where the page has one, and signing out. Who was chosen is signed in again on the next page of the tab.
 *
 * @param client The `<ozeki-client>` or `<ozeki-webphone>` to sign in.
 * @param again Sign in again who was signed in on another page; or this one, the first time.
 */
export function chooseAccount(client, { again = false, first = '' } = {}) {
  const accounts = document.querySelector('#accounts');
  const signOut = document.querySelector('#sign-out');
  const main = document.querySelector('main');
  main.tabIndex = -1;
  const KEY = 'demo.account';

  // Credentials may be set at any time, before the tag is defined, too. Setting them signs in.
  const signIn = (account) => {
    client.extension = account;
    client.password = `demo-${account}`;
  };
  for (const account of accounts?.querySelectorAll('button') ?? []) {
    account.addEventListener('click', () => {
      window.sessionStorage.setItem(KEY, account.value);
      signIn(account.value);
    });
  }
  signOut.addEventListener('click', () => {
    window.sessionStorage.setItem(KEY, '');
    client.signOut();
  });
  client.addEventListener('ozeki-connection-change', ({ detail }) => {
    const out = detail.status === 'signed-out' || detail.status === 'refused';
    const lost = (out ? signOut : accounts)?.contains(document.activeElement);
    if (accounts) accounts.hidden = !out;
    signOut.hidden = out;
    // What was pressed is gone: one goes on where the page begins.
    if (lost) (accounts?.hidden === false ? accounts.querySelector('button') : main).focus();
  });
  const account = again ? (window.sessionStorage.getItem(KEY) ?? first) : '';
  if (account) signIn(account);
}
