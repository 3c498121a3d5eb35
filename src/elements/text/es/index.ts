import type { Translation } from '../texts.js';
import { call } from './call.js';
import { common } from './common.js';
import { contacts } from './contacts.js';
import { history } from './history.js';
import { panels } from './panels.js';
import { problems } from './problems.js';
import { sessions } from './sessions.js';

/** Spanish. */
export const texts: Translation = {
  ...common,
  ...call,
  ...sessions,
  ...panels,
  ...history,
  ...contacts,
  problem: (code) => problems[code],
};
