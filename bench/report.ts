/** What was measured, as text for people and as data, held against the targets. */
import { KINDS, median, type Kind, type SetUpTimes } from './set-up.js';
import { CHANGES, CONTESTANTS, SESSIONS, type ListTimes } from './session-list/index.js';
import type { Contestant } from './session-list/page.js';
import { SIP_KINDS, type SipKind, type SipTimes } from './sip/index.js';
import type { Sizes } from './sizes.js';

/** A call may take so many times as long as one bare leg. */
const SET_UP_TARGET = 1.6;
/** A call over a SIP server may take so many times as long as with the faster of the bare libraries. */
const SIP_TARGET = 1.1;
/** Bytes of the kit's JavaScript, gzipped, until an audio call is up. */
const SIZE_TARGET = 34_000;

/** The session list may take so many times as long as a windowed table written by hand, and less than React. */
const LIST_TARGET = 1.5;

export interface Report {
  readonly name: string;
  readonly text: string;
  readonly data: object;
  readonly passed: boolean;
}

export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column ? cell.padStart(widths[column]!) : cell.padEnd(widths[0]!)))
        .join('  '),
    )
    .join('\n');
}

export function verdict(passed: boolean): string {
  return passed ? 'passed' : 'FAILED';
}

export function setUpReport(times: SetUpTimes): Report {
  const kinds = Object.keys(KINDS) as Kind[];
  const medians = Object.fromEntries(kinds.map((kind) => [kind, median(times[kind])])) as Record<
    Kind,
    number
  >;
  const ratio = (kind: Kind) => medians.phone / medians[kind];
  const passed = ratio('werift') <= SET_UP_TARGET;
  const rows = kinds.map((kind) => [
    KINDS[kind],
    medians[kind].toFixed(0),
    Math.min(...times[kind]).toFixed(0),
    Math.max(...times[kind]).toFixed(0),
    kind === 'phone' ? '' : ratio(kind).toFixed(2),
  ]);
  const text = [
    `Call set-up: click to first audio packet at the caller, ${times.phone.length} runs in turns`,
    table([['', 'median ms', 'min', 'max', 'call is × this'], ...rows]),
    `Target: at most ${SET_UP_TARGET} × the bare werift leg: ${ratio('werift').toFixed(2)}, ${verdict(passed)}`,
  ].join('\n');
  const ratios = { werift: ratio('werift'), engine: ratio('engine'), pair: ratio('pair') };
  return { name: 'setUp', text, data: { medians, ratios, target: SET_UP_TARGET, passed, times }, passed };
}

export function sipReport(times: SipTimes): Report {
  const kinds = Object.keys(SIP_KINDS) as SipKind[];
  const medians = Object.fromEntries(kinds.map((kind) => [kind, median(times[kind])])) as Record<
    SipKind,
    number
  >;
  const ratio = medians.kit / Math.min(medians.jssip, medians.sipjs);
  const passed = ratio <= SIP_TARGET;
  const text = [
    `Call set-up over Kamailio: click to first audio packet at the caller, ${times.kit.length} runs in turns`,
    table([
      ['', 'median ms', 'min', 'max', 'call is × this'],
      ...kinds.map((kind) => [
        SIP_KINDS[kind],
        medians[kind].toFixed(0),
        Math.min(...times[kind]).toFixed(0),
        Math.max(...times[kind]).toFixed(0),
        kind === 'kit' ? '' : (medians.kit / medians[kind]).toFixed(2),
      ]),
    ]),
    `Target: at most ${SIP_TARGET} × the faster library: ${ratio.toFixed(2)}, ${verdict(passed)}`,
  ].join('\n');
  return { name: 'sipSetUp', text, data: { medians, ratio, target: SIP_TARGET, passed, times }, passed };
}

export function sizeReport(sizes: Sizes): Report {
  const kit = Math.max(sizes.kit.caller.gzip, sizes.kit.callee.gzip);
  const passed = kit <= SIZE_TARGET;
  const row = (name: string, { bytes, gzip, files }: { bytes: number; gzip: number; files: number }) => [
    name,
    (bytes / 1000).toFixed(1),
    (gzip / 1000).toFixed(1),
    String(files),
  ];
  const text = [
    'JavaScript, minified, in kB of 1000 bytes',
    table([
      ['', 'raw', 'gzip -9', 'files'],
      row('five tags, loaded with the page', sizes.kit.page),
      row('five tags, until an audio call is up: caller', sizes.kit.caller),
      row('five tags, until an audio call is up: callee', sizes.kit.callee),
      row('five tags, everything there is', sizes.kit.all),
      row('five tags, imported by an application: loaded with the page', sizes.kit.imported),
      ...Object.entries(sizes.others).map(([name, size]) => row(`${name} (no user interface)`, size)),
    ]),
    `Target: at most ${SIZE_TARGET / 1000} kB until an audio call is up: ${(kit / 1000).toFixed(1)}, ${verdict(passed)}`,
  ].join('\n');
  return { name: 'sizes', text, data: { ...sizes, target: SIZE_TARGET, passed }, passed };
}

export function sessionListReport(times: Record<Contestant, ListTimes>): Report {
  const kinds = Object.keys(CONTESTANTS) as Contestant[];
  const figures = (kind: Contestant) =>
    [median(times[kind].paint), median(times[kind].script), median(times[kind].frame)] as const;
  const [kit, hand, react] = [figures('kit'), figures('hand'), figures('react')];
  const ratios = kit.map((figure, index) => figure / hand[index]!);
  const passed =
    ratios.every((ratio) => ratio <= LIST_TARGET) && kit.every((one, index) => one <= react[index]!);
  const text = [
    `Session list: ${SESSIONS} sessions, ${CHANGES} changes a second, medians of ${times.kit.paint.length} runs in turns`,
    table([
      ['', 'first paint ms', `script ms per ${CHANGES}`, 'longest frame ms'],
      ...kinds.map((kind) => [CONTESTANTS[kind], ...figures(kind).map((figure) => figure.toFixed(1))]),
      ['the kit is × the one by hand', ...ratios.map((ratio) => ratio.toFixed(2))],
    ]),
    `Target: at most ${LIST_TARGET} × the one by hand, and ahead of React: ${verdict(passed)}`,
  ].join('\n');
  return { name: 'sessionList', text, data: { ratios, target: LIST_TARGET, passed, times }, passed };
}
