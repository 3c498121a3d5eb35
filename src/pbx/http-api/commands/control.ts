/** The commands of third-party call control: each acts on a call of others. */
import { flag, keys, language, line, oneOf, text, url } from '../../ozml/kinds.js';
import { OZML_LIMITS } from '../../ozml/index.js';
import { optional, required, withDefault } from '../../ozml/parameter.js';
import { number } from '../kinds.js';
import { STATUS } from '../status.js';
import { callCommand } from './call-command.js';

const common = {
  group: 'Third-party call control',
  right: 'control',
  codes: [STATUS.inappropriate, STATUS.callNotFound],
} as const;

const callId = required('CallId', line());
const party = required('Party', oneOf('caller', 'callee', 'all'));

export const CONTROL = [
  callCommand({
    ...common,
    name: 'AttendedTransfer',
    summary: 'Connects a party of one call to a party of another.',
    parameters: {
      transferredCallId: required('TransferredCallId', line()),
      targetCallId: required('TargetCallId', line()),
    },
    run: (values, calls) => calls.attendedTransfer(values),
  }),
  callCommand({
    ...common,
    name: 'BlindTransfer',
    summary: 'Takes one party out of a call and connects the other one to a number.',
    parameters: {
      callId,
      transferorParty: required('TransferorParty', oneOf('caller', 'callee'), {
        aliases: ['TranferorParty'],
      }),
      target: required('Target', number),
    },
    run: (values, calls) => calls.blindTransfer(values),
  }),
  callCommand({
    ...common,
    name: 'Forward',
    summary: 'Sends a call that rings on to another number.',
    parameters: { callId, destination: required('Destination', number) },
    run: (values, calls) => calls.forward(values),
  }),
  callCommand({
    ...common,
    name: 'Hangup',
    summary: 'Ends a call.',
    parameters: { callId },
    run: (values, calls) => calls.hangup(values),
  }),
  callCommand({
    ...common,
    name: 'Hold',
    summary: 'Puts both parties of a call on hold.',
    parameters: { callId },
    run: (values, calls) => calls.hold(values),
  }),
  callCommand({
    ...common,
    name: 'Unhold',
    summary: 'Takes a hold back that Hold put on.',
    parameters: { callId },
    run: (values, calls) => calls.unhold(values),
  }),
  callCommand({
    ...common,
    name: 'Play',
    summary: 'Plays a sound file to a call, from the content folder or a web site.',
    parameters: {
      callId,
      party,
      audioFile: required('AudioFile', line(OZML_LIMITS.url)),
      repeat: withDefault('Repeat', flag, false),
    },
    run: (values, calls) => calls.play(values),
  }),
  callCommand({
    ...common,
    name: 'Record',
    summary: 'Records a call until it ends.',
    parameters: {
      callId,
      format: withDefault('Format', oneOf('mp3', 'wav', 'ogg'), 'mp3'),
      finishedUrl: optional('FinishedURL', url),
    },
    run: (values, calls) => calls.record(values),
  }),
  callCommand({
    ...common,
    name: 'SendDTMF',
    summary: 'Lets parties of a call hear the tones of keys.',
    parameters: { callId, party, keys: required('Keys', keys) },
    run: (values, calls) => calls.sendDtmf(values),
  }),
  callCommand({
    ...common,
    name: 'Speak',
    summary: 'Speaks a text to a call.',
    parameters: {
      callId,
      party,
      text: required('Text', text),
      language: optional('Language', language),
    },
    run: (values, calls) => calls.speak(values),
  }),
];
