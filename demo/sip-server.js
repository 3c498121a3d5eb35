/** Signing in at a SIP server in place of the phone system that serves the page. */
const KEY = 'demo.sip';

/**
 * Lets one choose between the two. What was filled in is there again until the tab is closed; the password is not.
 *
 * @param client The `<ozeki-client>` to sign in.
 * @returns Whether the choice is to be there in a state of the connection.
 */
export function chooseServer(client) {
  const kinds = document.querySelector('.kinds');
  const form = document.querySelector('#sip form');
  const button = form.querySelector('button');
  const { server, extension, password } = form.elements;
  const isSip = () => kinds.querySelector(':checked').value === 'sip';

  function show() {
    document.querySelector('#here').hidden = isSip();
    document.querySelector('#sip').hidden = !isSip();
    // Its own form asks for an extension of the phone system.
    client.noSignIn = isSip();
  }

  kinds.addEventListener('change', () => {
    show();
    // What was said of the other one is said no more.
    Object.assign(client, { server: '', extension: '' });
    client.signOut();
    if (!isSip()) window.sessionStorage.removeItem(KEY);
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const account = { server: server.value.trim(), extension: extension.value.trim() };
    window.sessionStorage.setItem(KEY, JSON.stringify(account));
    Object.assign(client, account, { password: password.value });
  });

  client.addEventListener('ozeki-connection-change', ({ detail: { status } }) => {
    button.textContent = status === 'connecting' ? 'Connecting…' : 'Sign in';
    if (status === 'connected') password.value = '';
  });

  const before = JSON.parse(window.sessionStorage.getItem(KEY) ?? 'null');
  if (before) {
    kinds.querySelector('[value="sip"]').checked = true;
    [server.value, extension.value] = [before.server, before.extension];
  }
  show();

  // Whoever mistyped an address corrects it here.
  return (status) =>
    status === 'signed-out' ||
    status === 'refused' ||
    (isSip() && (status === 'connecting' || status === 'failed'));
}
