/** Sending digits as telephone events (RFC 4733). Loaded with the first digit. */

const TONE_MS = 100;
const GAP_MS = 70;

/**
 * Sends digits one after the other. Resolves when the last is sent.
 *
 * @param sounded Called for each digit when it is sent.
 * @param ended Settles when the call is over; digits that were not sent by then never are.
 */
export async function sendDigits(
  sender: RTCDTMFSender,
  digits: string,
  sounded: (digit: string) => void,
  ended: Promise<void>,
): Promise<void> {
  const sent = new Promise<void>((resolve) => {
    sender.ontonechange = ({ tone }) => {
      if (tone) sounded(tone);
      else resolve();
    };
  });
  sender.insertDTMF(digits, TONE_MS, GAP_MS);
  await Promise.race([sent, ended]);
  sender.ontonechange = null;
}
