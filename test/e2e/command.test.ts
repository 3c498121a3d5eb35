import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { startBrowser } from '../support/browser.js';
import { Desk } from '../support/desk.js';
import { hears } from '../support/instrument.js';

describe('the built command', () => {
  it('prints how to use the demo, carries a call, and ends it cleanly on SIGTERM', async () => {
    const command = spawn(
      process.execPath,
      ['dist/pbx/cli/main.js', '--demo', '--port', '0', '--gateway-port', '0', '--api-port', '0'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let printed = '';
    command.stdout.on('data', (chunk: Buffer) => (printed += String(chunk)));
    const browser = await startBrowser();
    try {
      while (!/demo-1004/.test(printed)) await once(command.stdout, 'data');
      for (const extension of ['1001', '1002', '1003', '1004'])
        assert.match(printed, new RegExp(`${extension}.*demo-${extension}`));
      const url = /https?:\/\/[\w.]+:\d+/.exec(printed)![0];
      const front = await Desk.open(browser, { url, tone: 807 });
      const sales = await Desk.open(browser, { url, tone: 1438 });
      await front.signIn('1001');
      await sales.signIn('1002');
      await Promise.all([front.signedIn(), sales.signedIn()]);
      await front.dial('1002');
      await sales.press('Accept');
      await Promise.all([hears(front.page, 1438), hears(sales.page, 807)]);

      await front.shows('ozeki-call', 'MOS');
      const asked = performance.now();
      command.kill('SIGTERM');
      const [code] = (await once(command, 'exit')) as [number | null];
      assert.equal(code, 0);
      assert.ok(performance.now() - asked < 5000);
      await front.shows('ozeki-call', 'The phone system is restarting.');
    } finally {
      await browser.close();
      if (command.exitCode === null) command.kill('SIGKILL');
    }
  });
});
