/** The stopwatch in the page: from a click to the first audio packet, read the same way whatever made the call. */
import type { Page } from 'puppeteer-core';

declare global {
  interface Window {
    stopwatch: {
      connections: RTCPeerConnection[];
      /** Starts now; resolves with the milliseconds until the newest connection has received audio. */
      untilAudio(): Promise<number>;
    };
  }
}

/** Runs in the page: must not refer to anything outside itself. */
function install(): void {
  const POLL_MS = 3;
  const GIVE_UP_MS = 15_000;
  const connections: RTCPeerConnection[] = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };

  async function hasAudio(connection: RTCPeerConnection): Promise<boolean> {
    let packets = 0;
    (await connection.getStats()).forEach(
      (entry: { type: string; kind?: string; packetsReceived?: number }) => {
        if (entry.type === 'inbound-rtp' && entry.kind === 'audio') packets += entry.packetsReceived ?? 0;
      },
    );
    return packets > 0;
  }

  window.stopwatch = {
    connections,
    async untilAudio() {
      const started = performance.now();
      const known = connections.length;
      for (;;) {
        const passed = performance.now() - started;
        const connection = connections[known];
        if (connection && (await hasAudio(connection))) return performance.now() - started;
        if (passed > GIVE_UP_MS) throw new Error(`no audio within ${GIVE_UP_MS} ms`);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
  };
}

/** Gives a page its stopwatch; call it before the page goes anywhere. */
export async function giveStopwatch(page: Page): Promise<void> {
  // The compiler that runs this file wraps functions in a helper that a page does not have.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
  await page.evaluateOnNewDocument(install);
}
