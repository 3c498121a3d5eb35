import { speakEnglish } from './en.js';
import { speakPanels } from './en-panels.js';
import type { IncomingTexts } from './incoming-texts.js';
import type { English } from './texts.js';

const incoming: English<IncomingTexts> = {
  ringingCalls: 'Incoming calls',
  notifyMe: 'Tell me on the desktop, too',
  callFrom: (who, line) => `Incoming call: ${who}${line && `, outside line ${line}`}`,
};

/** Says so in English. */
export function speakIncoming(): void {
  speakPanels();
  speakEnglish(incoming);
}
