/**
 * What a page says of itself when something that was waited for does not happen: its calls, its peer connections and
 * what they have heard, next to a stack trace that says only where it was waited.
 */
import { TimeoutError, type Page } from 'puppeteer-core';

/** Runs in the page. */
async function account(): Promise<string> {
  const lines: string[] = [];
  for (const tag of document.querySelectorAll<'ozeki-client'>(
    'ozeki-client, ozeki-webphone' as 'ozeki-client',
  )) {
    const { connection, calls, following, problem } = tag.phone.getState();
    lines.push(
      `phone: ${connection.status}${following ? ', following' : ''}, ${problem?.code ?? 'no problem'}`,
    );
    for (const call of calls) lines.push(`call: ${JSON.stringify({ ...call, qualityLog: undefined })}`);
  }
  const { connections, context, clicks } = window.ears;
  for (const connection of connections) {
    const { connectionState, iceConnectionState, iceGatheringState, signalingState } = connection;
    lines.push(
      `connection: ${connectionState}, ${iceConnectionState}, ${iceGatheringState}, ${signalingState}`,
    );
    if (signalingState === 'closed') continue;
    (await connection.getStats()).forEach((entry: Record<string, unknown>) => {
      const { type, kind, packetsSent, packetsReceived, audioLevel, totalAudioEnergy, state, nominated } =
        entry;
      if (['inbound-rtp', 'outbound-rtp', 'media-source', 'candidate-pair'].includes(type as string))
        lines.push(
          `  ${JSON.stringify({ type, kind, packetsSent, packetsReceived, audioLevel, totalAudioEnergy, state, nominated })}`,
        );
    });
  }
  const { loudest } = window.ears.spectrum([]);
  lines.push(`sound: ${context()}, loudest ${loudest.hz} Hz at ${Math.round(loudest.level)} dB`);
  lines.push(`clicked: ${clicks.slice(-5).join(', ') || 'nothing'}`);
  lines.push(
    `page, after ${Math.round(performance.now())} ms: ${document.visibilityState}, ${document.hasFocus() ? 'has' : 'without'} the focus`,
  );
  return lines.join('\n');
}

/** Has everything that is waited for on a page say what the page was like when it did not happen. */
export function accountFor(page: Page): void {
  const wait = page.waitForFunction.bind(page);
  page.waitForFunction = (async (isSo, options, ...rest) => {
    try {
      // By time, where nothing else is said: a window nobody sees need not be drawn.
      return await wait(isSo, { polling: 50, ...options }, ...rest);
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      const said = await page.evaluate(account).catch((reason: unknown) => `nothing: ${String(reason)}`);
      throw new TimeoutError(`${error.message}. The page:\n${said}`, { cause: error });
    }
  }) as Page['waitForFunction'];
}
