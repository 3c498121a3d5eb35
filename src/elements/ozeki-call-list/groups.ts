import type { PhoneCall } from '../../phone/state.js';

/** A call by itself, or those of a conference. */
export interface Group {
  /** The conference's id, or the call's. */
  readonly id: string;
  readonly conference: boolean;
  readonly calls: readonly PhoneCall[];
}

/** The calls in the order they came, those of a conference together, where its first one is. */
export function grouped(calls: readonly PhoneCall[]): Group[] {
  const groups = new Map<string, PhoneCall[]>();
  for (const call of calls) {
    const id = call.conference ?? call.id;
    groups.set(id, [...(groups.get(id) ?? []), call]);
  }
  return [...groups].map(([id, members]) => ({
    id,
    conference: members[0]!.conference !== null,
    calls: members,
  }));
}

/** Whether it can be merged with others: everybody has answered and stays. */
export function canMerge({ calls }: Group): boolean {
  return calls.every(
    ({ state, transfer, pending }) =>
      state === 'active' && !pending && (transfer === null || transfer.state === 'failed'),
  );
}
