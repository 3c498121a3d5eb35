/** The commands that make calls. */
import { line, url } from '../../ozml/kinds.js';
import { optional, required } from '../../ozml/parameter.js';
import { Xml } from '../answer.js';
import { number } from '../kinds.js';
import { apiExtensionUnavailable, STATUS } from '../status.js';
import { namedApiExtension } from './api-extension.js';
import { callCommand } from './call-command.js';

const errorUrl = optional('ErrorUrl', url);

export const CALLS = [
  callCommand({
    name: 'Call',
    group: 'API extension control',
    right: 'calls',
    summary: 'Calls a number in the name of an API extension, whose web site then says what is heard there.',
    parameters: {
      apiExtension: optional('ApiExtension', line()),
      dialed: required('Dialed', number, { aliases: ['Dialled'] }),
      callerId: optional('CallerId', line()),
      callerDisplayName: optional('CallerDisplayName', line()),
      url: required('Url', url, { mayBeEmpty: true }),
      errorUrl,
    },
    codes: [STATUS.apiExtensionUnavailable, STATUS.callConnectFailed],
    async run({ apiExtension: named, callerId, callerDisplayName, ...call }, calls, phoneSystem) {
      const apiExtension = namedApiExtension(named, phoneSystem);
      if (apiExtension === undefined) throw apiExtensionUnavailable(named ?? '');
      const { callId } = await calls.call({
        ...call,
        apiExtension,
        callerId: callerId ?? apiExtension,
        callerDisplayName: callerDisplayName ?? apiExtension,
      });
      return { after: [Xml.element('CallId', callId)] };
    },
  }),
  callCommand({
    name: 'SetupCall',
    group: 'Third-party call control',
    right: 'calls',
    summary: 'Rings one number and, when it answers, connects it to another.',
    parameters: { caller: required('Caller', number), callee: required('Callee', number), errorUrl },
    codes: [STATUS.callConnectFailed],
    async run(values, calls) {
      const { callId } = await calls.setupCall(values);
      return { after: [Xml.element('CallId', callId)] };
    },
  }),
];
