/** What the start page adds to the tags: a choice of demo accounts or a SIP server, and a title that says who this tab is. */
import { chooseAccount } from './accounts.js';
import { chooseServer } from './sip-server.js';
import './site.js';

const client = document.querySelector('ozeki-client');
chooseAccount(client, { asks: chooseServer(client) });

// The title says who this tab is; that it rings, or talks, the client puts before it.
customElements.whenDefined('ozeki-client').then(() => {
  let shown;
  client.phone.subscribe(() => {
    const { identity } = client.phone.getState();
    if (identity === shown) return;
    shown = identity;
    document.title = [identity && `${identity.number} ${identity.name}`, 'Ozeki Webphone']
      .filter(Boolean)
      .join(' – ');
  });
});
