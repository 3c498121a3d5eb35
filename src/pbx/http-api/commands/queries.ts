/** The commands that show calls: those that are over, and those that go on. */
import { line, wholeNumber } from '../../ozml/kinds.js';
import { optional, withDefault } from '../../ozml/parameter.js';
import type { HistoryRecord } from '../../../protocol/index.js';
import { Xml } from '../answer.js';
import type { ActiveCall } from '../call-commands.js';
import { command } from '../command.js';
import { moment } from '../kinds.js';
import { callCommand } from './call-command.js';
import { localTime, withOffset } from './times.js';

const filter = (name: string) => withDefault(name, line(), '');

export const QUERIES = [
  callCommand({
    name: 'ListActiveCalls',
    group: 'Queries',
    right: 'view',
    summary: 'Lists the calls that go on.',
    parameters: {},
    run: (_values, calls) =>
      Promise.resolve({ after: [Xml.element('ActiveCalls', calls.activeCalls().map(callInfo))] }),
  }),
  command({
    name: 'GetCallHistory',
    group: 'Queries',
    right: 'view',
    summary: 'Shows a page of the calls that are over, newest first.',
    parameters: {
      page: withDefault('PageNumber', wholeNumber(0, 1_000_000), 0),
      rows: withDefault('RowsPerPage', wholeNumber(1, 500), 50),
      from: optional('From', moment),
      general: filter('General'),
      direction: filter('Direction'),
      source: filter('Source'),
      destination: filter('Destination'),
      state: filter('State'),
      dialed: filter('Dialed'),
      callerId: filter('CallerId'),
      callId: filter('CallId'),
    },
    run({ from, ...filters }, { history }) {
      const { total, records } = history.query({
        ...filters,
        extension: '',
        own: '',
        ...(from !== undefined && { from }),
      });
      return {
        after: [Xml.element('NumberOfCalls', total), Xml.element('Calls', records.map(pastCall))],
      };
    },
  }),
];

function callInfo(call: ActiveCall): Xml {
  return Xml.element('CallInfo', [
    Xml.element('CallState', call.callState),
    Xml.element('CallId', call.callId),
    Xml.element('Source', call.source),
    Xml.element('CallerId', call.callerId),
    Xml.element('Destination', call.destination),
    Xml.element('StartTime', withOffset(call.startedAt)),
    Xml.element('RingDuration', Math.floor(call.ringMs / 1000)),
    Xml.element('TalkDuration', Math.floor(call.talkMs / 1000)),
  ]);
}

function pastCall(record: HistoryRecord): Xml {
  return Xml.element('Call', [
    Xml.element('StartTime', localTime(record.startedAt)),
    Xml.element('Direction', record.direction),
    Xml.element('Source', record.source),
    Xml.element('Destination', record.destination),
    Xml.element('State', record.state),
    Xml.element('Dialed', record.dialed),
    Xml.element('CallerId', record.caller),
    Xml.element('Type', 'Audio'),
    Xml.element('CallId', record.callId),
  ]);
}
