import type { Translation } from '../texts.js';
import { callList } from './call-list.js';
import { call } from './call.js';
import { chat } from './chat.js';
import { common } from './common.js';
import { contacts } from './contacts.js';
import { devices } from './devices.js';
import { history } from './history.js';
import { incoming } from './incoming.js';
import { operator } from './operator.js';
import { panels } from './panels.js';
import { problems } from './problems.js';
import { quality } from './quality.js';
import { sessions } from './sessions.js';
import { webphone } from './webphone.js';

/** Hungarian. */
export const texts: Translation = {
  ...common,
  ...call,
  ...sessions,
  ...panels,
  ...history,
  ...contacts,
  ...devices,
  ...incoming,
  ...quality,
  ...callList,
  ...operator,
  ...chat,
  ...webphone,
  problem: (code) => problems[code],
};
