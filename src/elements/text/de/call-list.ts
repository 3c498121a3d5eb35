import type { CallListTexts } from '../call-list-texts.js';
import { counts } from '../counts.js';

export const callList: CallListTexts = {
  calls: 'Anrufe',
  conference: 'Konferenz',
  conferenceWith: counts('de', { one: 'Konferenz mit # Person', other: 'Konferenz mit # Personen' }),
  mergeCalls: counts('de', { one: '# Anruf verbinden', other: '# Anrufe verbinden' }),
  mergeHint: 'Wählen Sie die Anrufe, die verbunden werden sollen',
  takeApart: 'Auflösen',
  chooseCall: (who) => `${who} auswählen`,
};
