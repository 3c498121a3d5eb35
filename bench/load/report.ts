/** The phone system under load, as text and data, held against its target. */
import { table, verdict, type Report } from '../report.js';
import type { Load } from './index.js';

/** The memory of an idle webphone may be so many times that of a bare WebSocket. */
const MEMORY_TARGET = 2;
const GIGABYTE = 1_000_000_000;

export function loadReport({ bytes, resident, calls, messages, media }: Load): Report {
  const memory = bytes.phone / bytes.relay;
  const passed = memory <= MEMORY_TARGET;
  const legs = media.engine.legsPerCore / media.werift.legsPerCore;
  const row = (name: string, phone: number, bare: number, digits = 0) => [
    name,
    phone.toFixed(digits),
    bare.toFixed(digits),
    (phone / bare).toFixed(2),
  ];
  const text = [
    'Load: the phone system beside a bare ws relay and a bare werift forwarder, in the same run',
    table([
      ['', 'phone system', 'bare', 'is × this'],
      row('bytes for each idle connection', bytes.phone, bytes.relay),
      row('the same, as the process grows (RSS)', resident.phone, resident.relay),
      row('connections in a GB of memory', GIGABYTE / bytes.phone, GIGABYTE / bytes.relay),
      row('calls a second, signalling alone', calls.phone, calls.relay),
      row('messages told meanwhile, a second', messages.phone, messages.relay),
      row('media legs for each core', media.engine.legsPerCore, media.werift.legsPerCore),
      row('packets lost, %', media.engine.lossPercent, media.werift.lossPercent, 2),
      row('99 % of packets arrive within ms', media.engine.p99Ms, media.werift.p99Ms, 1),
    ]),
    `Target: at most ${MEMORY_TARGET} × the memory of a bare connection: ${memory.toFixed(2)}, ${verdict(passed)}`,
  ].join('\n');
  const ratios = { memory, calls: calls.phone / calls.relay, legs };
  return {
    name: 'load',
    text,
    data: { bytes, resident, calls, messages, media, ratios, target: MEMORY_TARGET, passed },
    passed,
  };
}
