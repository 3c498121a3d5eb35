/** The tags of a telephone, as an application imports them: the client first, so that those inside it find their phone at once. */
import 'ozeki-webphone/ozeki-client.js';
import 'ozeki-webphone/ozeki-dialpad.js';
import 'ozeki-webphone/ozeki-call.js';
import 'ozeki-webphone/ozeki-session-list.js';
import 'ozeki-webphone/ozeki-extension-status.js';
