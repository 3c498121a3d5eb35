/** The commands of an API extension: what a site may answer to the notifications of a call with it, or of a message. */
import {
  flag,
  identifier,
  keys,
  language,
  line,
  mailAddress,
  oneOf,
  text,
  url,
  wholeNumber,
} from './kinds.js';
import { LIMITS } from './limits.js';
import { optional, required, withDefault } from './parameter.js';
import { row } from './row.js';

const HOUR = 3600;
/** Where a file lies in the content folder, or on the web. */
const file = line(LIMITS.url);
/** The documents have these in every command and say that an API extension does not look at them. */
const ignored = ['CallId', 'Party', 'TransferorParty'];

export const API_EXTENSION = [
  row('Array', { id: required('ID', identifier) }, { inside: 'items', ignored, withoutCall: true }),
  row(
    'BlindTransfer',
    { target: required('Target', line()) },
    { main: 'target', ignored: [...ignored, 'FinishedUrl'] },
  ),
  row(
    'Call',
    {
      dialed: required('Dialled', line(), { aliases: ['Dialed'] }),
      apiExtension: optional('ApiExtension', line()),
      callerId: optional('CallerId', line()),
      callerDisplayName: optional('CallerDisplayName', line()),
      url: required('Url', url),
      errorUrl: optional('ErrorUrl', url),
    },
    { main: 'dialed', ignored, withoutCall: true },
  ),
  row(
    'Delay',
    { time: required('Time', wholeNumber(0, HOUR)) },
    { main: 'time', ignored, withoutCall: true },
  ),
  row(
    'ForEach',
    { source: required('Source', identifier) },
    { inside: 'commands', ignored, withoutCall: true },
  ),
  row('GoTo', { url: required('Url', url) }, { main: 'url', ignored, withoutCall: true }),
  row('Hangup', {}, { ignored }),
  row(
    'Play',
    { audioFile: required('AudioFile', file), repeat: withDefault('Repeat', flag, false) },
    { main: 'audioFile', ignored },
  ),
  row(
    'Record',
    {
      format: withDefault('Format', oneOf('mp3', 'wav', 'ogg'), 'mp3'),
      finishedUrl: optional('FinishedUrl', url),
      duration: optional('Duration', wholeNumber(1, 4 * HOUR)),
      inactivity: optional('Inactivity', wholeNumber(1, HOUR)),
      finishDigits: optional('FinishDigits', keys),
    },
    { ignored },
  ),
  row('Reject', {}, { ignored, onlyFirst: true }),
  row(
    'SendEmail',
    {
      apiExtension: optional('ApiExtension', line()),
      sender: optional('Sender', mailAddress),
      recipient: required('Recipient', mailAddress),
      subject: withDefault('Subject', line(998), ''),
      message: withDefault('Message', text, ''),
    },
    { main: 'message', ignored, withoutCall: true },
  ),
  row(
    'SendSms',
    {
      apiExtension: optional('ApiExtension', line()),
      sender: optional('Sender', line()),
      recipient: required('Recipient', line()),
      message: required('Message', text),
      deliveryReportUrl: optional('DeliveryReportURL', url, { aliases: ['DelivaryReportURL'] }),
    },
    { main: 'message', ignored, withoutCall: true },
  ),
  row(
    'Speak',
    { text: required('Text', text), language: optional('Language', language) },
    { main: 'text', ignored },
  ),
  row(
    'UserInput',
    {
      repeat: withDefault('Repeat', flag, false),
      timeout: withDefault('Timeout', wholeNumber(0, HOUR), 0),
      backKey: optional('BackKey', keys),
      digits: withDefault('Digits', wholeNumber(1, LIMITS.keys), 1),
      minDigits: optional('MinDigits', wholeNumber(1, LIMITS.keys)),
      forwardToUrl: optional('ForwardToUrl', url, { aliases: ['enteredUrl'] }),
    },
    {
      inside: 'menu',
      ignored,
      conflict: ({ digits, minDigits }) => (Number(minDigits) > Number(digits) ? 'minDigits' : undefined),
    },
  ),
  row(
    'Var',
    { id: required('ID', identifier), value: required('Value', text, { mayBeEmpty: true }) },
    { main: 'value', ignored, withoutCall: true },
  ),
] as const;
