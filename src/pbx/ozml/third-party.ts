/** The commands of third-party call control: what a site may answer to CallChanged about a call of others. */
import { flag, keys, language, line, oneOf, text, url } from './kinds.js';
import { LIMITS } from './limits.js';
import { optional, required, withDefault } from './parameter.js';
import { row } from './row.js';

/** The call; without it that of the notification. */
const callId = optional('CallId', line());
const party = required('Party', oneOf('caller', 'callee', 'all'));

export const THIRD_PARTY = [
  row(
    'AttendedTransfer',
    {
      transferredCallId: optional('TransferredCallId', line()),
      targetCallId: required('TargetCallId', line()),
    },
    // An example has it, the table of parameters has not.
    { ignored: ['TransferorParty'] },
  ),
  row('BlindTransfer', {
    callId,
    transferorParty: required('TransferorParty', oneOf('caller', 'callee'), { aliases: ['TranferorParty'] }),
    target: required('Target', line()),
    finishedUrl: optional('FinishedUrl', url),
  }),
  row('Forward', { callId, destination: required('Destination', line()) }),
  row('Hangup', { callId }),
  row('Hold', { callId }),
  row(
    'Play',
    {
      callId,
      party,
      audioFile: required('AudioFile', line(LIMITS.url)),
      repeat: withDefault('Repeat', flag, false),
    },
    { main: 'audioFile' },
  ),
  row(
    'Record',
    {
      callId,
      format: withDefault('Format', oneOf('mp3', 'wav', 'ogg'), 'mp3'),
      finishedUrl: optional('FinishedUrl', url),
    },
    // Only API extensions look at these.
    { ignored: ['Duration', 'Inactivity', 'FinishDigits'] },
  ),
  row('SendDTMF', { callId, party, keys: required('Keys', keys) }),
  row(
    'Speak',
    { callId, party, text: required('Text', text), language: optional('Language', language) },
    { main: 'text' },
  ),
  row('Unhold', { callId }),
] as const;
