/** Where nobody is signed in, or not let in. */
const isOut = (status) => status === 'signed-out' || status === 'refused';

/**
 * The choice of a demo account, where the page has one, and signing out. Who was chosen is signed in again on the next page of the tab.
 *
 * @param client The `<ozeki-client>` or `<ozeki-webphone>` to sign in.
 * @param again Sign in again who was signed in on another page; or this one, the first time.
 * @param asks In which states of the connection the choice is there.
 */
export function chooseAccount(client, { again = false, first = '', asks = isOut } = {}) {
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
  for (const account of accounts?.querySelectorAll('.choices button') ?? []) {
    account.addEventListener('click', () => {
      window.sessionStorage.setItem(KEY, account.value);
      signIn(account.value);
    });
  }
  signOut.addEventListener('click', () => {
    window.sessionStorage.setItem(KEY, '');
    client.signOut();
  });
  client.addEventListener('ozeki-connection-change', ({ detail: { status } }) => {
    const [out, asked] = [isOut(status), asks(status)];
    const goes = out ? signOut : asked ? null : accounts;
    const lost = goes?.contains(document.activeElement);
    if (accounts) accounts.hidden = !asked;
    signOut.hidden = out;
    // What was pressed is gone: one goes on where the page begins.
    if (lost) ((asked && accounts?.querySelector('input:checked, button')) || main).focus();
  });
  const account = again ? (window.sessionStorage.getItem(KEY) ?? first) : '';
  if (account) signIn(account);
}
