/** Sending digits as telephone events (RFC 4733). Loaded with the first digit. */
import type { CallMediaPort } from './port.js';

const TONE_MS = 100;
const GAP_MS = 70;

/**
 * Sends digits one after the other. Resolves when the last is sent; rejects when none can be sent now.
 *
 * @param sounded Called for each digit when it is sent.
 * @param over Settles when the call is over; digits that were not sent by then never are.
 */
export async function sendDigits(
  media: CallMediaPort,
  digits: string,
  sounded: (digit: string) => void,
  over: Promise<unknown>,
): Promise<void> {
  const sender = media.dtmf;
  if (!sender?.canInsertDTMF) throw new Error('Digits cannot be sent in this call now.');
  const sent = new Promise<void>((resolve) => {
    sender.ontonechange = ({ tone }) => {
      if (tone) sounded(tone);
      else resolve();
    };
  });
  sender.insertDTMF(digits, TONE_MS, GAP_MS);
  await Promise.race([sent, over.catch(() => {})]);
  sender.ontonechange = null;
}
