/** Lets browser tests force colours, as people with low vision do: `executeServerCommand('force-colors', 'active')`. */
import type { TestRunnerPlugin } from '@web/test-runner';
import type { ChromeLauncher } from '@web/test-runner-chrome';
import type { CDPSession } from 'puppeteer-core';

export function forcedColorsPlugin(): TestRunnerPlugin<string> {
  /** What was forced lasts as long as its session. */
  const sessions = new Map<string, CDPSession>();
  return {
    name: 'forced-colors',
    async executeCommand({ command, payload, session }) {
      if (command !== 'force-colors') return undefined;
      const page = (session.browser as ChromeLauncher).getPage(session.id);
      const devtools = sessions.get(session.id) ?? (await page.createCDPSession());
      sessions.set(session.id, devtools);
      await devtools.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'forced-colors', value: payload ?? 'none' }],
      });
      return true;
    },
  };
}
