import type { SignalingError, SignalingPort, Welcome } from '../signaling/port.js';
import type { PhoneCall } from './state.js';

/** What a page or another tab leaves to the phone that goes on as it: its client at the phone system, and its calls. */
export interface Succession {
  /** Opens the connection that was left, once (`SignalingPort.ticket`). */
  readonly ticket: string;
  /** Whose it is, when it is an extension. */
  readonly extension: string | undefined;
  /** What was known of a call. */
  known(callId: string): Partial<PhoneCall> | undefined;
  /** The phone system kept them: they are this page's from now on. */
  done(welcome: Welcome, port: SignalingPort | null): void;
  /** They are not wanted any more. */
  forget(): void;
  /** Whether this failure says that the phone system did not keep them; then they are shown as over. */
  expired(error: SignalingError | null): boolean;
}
