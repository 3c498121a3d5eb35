/**
 * The classic script: `<script src="http://pbx:7777/WebphoneAPI"></script>` defines the JavaScript API as globals,
 * with one client as `OzWebClient`. A second copy on a page changes nothing.
 */
import {
  Call,
  CallState,
  CallType,
  ConnectionState,
  Extension,
  Helper,
  OzCamera,
  OzWebClient,
  Session,
  SessionState,
  User,
} from './index.js';

const PORT = Symbol.for('ozeki-webphone.gateway-port');
const LOADED = Symbol.for('ozeki-webphone.webphone-api');
const page = globalThis as { [PORT]?: number; [LOADED]?: boolean };

if (!page[LOADED]) {
  page[LOADED] = true;
  // The phone system that serves this script says which port its gateway has, when it is not the usual one.
  const gatewayPort = page[PORT];
  Object.assign(globalThis, {
    OzWebClient: new OzWebClient(gatewayPort === undefined ? {} : { gatewayPort }),
    OzCamera,
    Call,
    Session,
    Extension,
    User,
    Helper,
    ConnectionState,
    CallState,
    SessionState,
    CallType,
  });
}
