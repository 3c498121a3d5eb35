/** Calls made by API extensions, for the HTTP API and for scripts. */
import { apiExtensionUnavailable, Failure, FAILURE } from './failure.js';
import { whyNot } from './api-extension.js';
import type { ApiExtension, OutgoingCall } from './api-extension.js';

/** A call to make ("Call"). */
export interface CallRequest extends OutgoingCall {
  readonly apiExtension: string;
}

export class OutgoingCalls {
  constructor(private readonly extension: (id: string) => ApiExtension | undefined) {}

  /**
   * Resolves when the called party's phone rings or was answered.
   * @throws Failure 401 when there is no such API extension, 402 when nobody was reached
   */
  async call({ apiExtension: id, ...call }: CallRequest): Promise<void> {
    const extension = this.extension(id);
    if (!extension) throw apiExtensionUnavailable(id);
    try {
      await extension.call(call);
    } catch (error) {
      const why = whyNot(error);
      if (why === null) throw error;
      const state = RESULTS[why] ?? 'Error';
      throw new Failure(FAILURE.callConnectFailed, `Call connect failed: '${call.dialed}' ${state}`);
    }
  }
}

/** The states of "Routing call states" in which calls end that nobody took. */
const RESULTS: Partial<Record<NonNullable<ReturnType<typeof whyNot>>, string>> = {
  'not-found': 'NotFound',
  unavailable: 'NotFound',
  busy: 'Busy',
  rejected: 'Busy',
  'no-answer': 'NoAnswer',
};
