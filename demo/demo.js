/** What the start page adds to the tags: a choice of demo accounts or a SIP server, and a title that says who this tab is. */
import { chooseAccount } from './accounts.js';
import { chooseServer } from './sip-server.js';
import './site.js';

const client = document.querySelector('ozeki-client');
chooseAccount(client, { asks: chooseServer(client) });

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
