/** What no SIP server can do: no button offers it, and a page that asks for it is told so. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { OzWebClient, Session } from '../../src/api/index.js';
import { startBrowser } from '../support/browser.js';
import { Desk } from '../support/desk.js';
import { SipScript } from '../support/sip-script.js';
import { SipSite } from '../support/sip-site.js';

declare global {
  interface Window {
    api: OzWebClient;
    refused: { code: number; reason: string; method: string }[];
  }
}

const EVERYTHING = `<ozeki-call-history></ozeki-call-history><ozeki-contacts></ozeki-contacts>
  <ozeki-session-list></ozeki-session-list><ozeki-operator-panel></ozeki-operator-panel>
  <ozeki-call-list></ozeki-call-list><ozeki-extension-status extension="102"></ozeki-extension-status>
  <ozeki-chat with="102"></ozeki-chat>`;

/** Extension 102 talks to this phone's number, and is called by somebody else. */
const DIALOGS = `<?xml version="1.0"?>
<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="1" state="full" entity="sip:102@127.0.0.1">
  <dialog id="a" call-id="a" direction="initiator"><state>confirmed</state>
    <remote><identity>sip:101@127.0.0.1</identity></remote></dialog>
  <dialog id="b" call-id="b" direction="recipient"><state>early</state>
    <remote><identity>sip:103@127.0.0.1</identity></remote></dialog>
</dialog-info>`;

describe('what a SIP server cannot do', () => {
  let script: SipScript;
  let site: SipSite;
  let browser: Browser;
  let desk: Desk;

  before(async () => {
    script = await SipScript.start();
    script.answers.SUBSCRIBE = (request) => {
      if (request.get('event') !== 'dialog') return script.reply(request, 489, 'Bad Event');
      const headers = ['Contact: <sip:presence@script.invalid>', 'Expires: 600'];
      script.reply(request, 200, 'OK', { tag: 'watched', headers });
      script.called(request, 'watched').send('NOTIFY', {
        headers: ['Event: dialog', 'Subscription-State: active;expires=600'],
        type: 'application/dialog-info+xml',
        body: DIALOGS,
      });
    };
    site = await SipSite.start();
    browser = await startBrowser();
    desk = await Desk.open(browser, { url: site.url(script.address, EVERYTHING) });
    await desk.signIn('101', 'secret');
    await desk.signedIn();
  });
  after(async () => {
    await desk?.close();
    await browser?.close();
    await site?.close();
    await script?.stop();
  });

  it('is offered by no button', async () => {
    await desk.shows('ozeki-session-list', /101.*102|102.*101/);
    await desk.shows('ozeki-session-list', /103/);
    await desk.shows('ozeki-operator-panel', /103/);
    await desk.shows('ozeki-extension-status', /102/);
    await desk.shows('ozeki-call-history', 'This phone system keeps no history.');
    const buttons = await desk.page.evaluate((tags) => {
      const all = (root: ParentNode): Element[] =>
        [...root.querySelectorAll('*')].flatMap((element) => [
          element,
          ...(element.shadowRoot ? all(element.shadowRoot) : []),
        ]);
      return [...document.querySelectorAll(tags)]
        .flatMap((tag) => all(tag.shadowRoot!))
        .filter((element) => element.matches('button, [draggable="true"], .chip[role="button"]'))
        .map((element) => element.getAttribute('aria-label') ?? element.textContent.trim());
    }, 'ozeki-session-list, ozeki-operator-panel, ozeki-extension-status, ozeki-call-history, ozeki-call-list');
    const forbidden = /pick up|listen|close|hold|resume|transfer|take|merge|history|search/i;
    assert.deepEqual(
      buttons.filter((name) => forbidden.test(name)),
      [],
    );
    // It was looked where buttons are: who is watched can be called.
    assert.ok(buttons.length > 0);
    assert.deepEqual(await desk.violations(), []);
  });

  it('is an error with the code 301 for pages that ask for it, and nothing waits', async () => {
    const { page } = desk;
    const asked = await page.evaluate(async (server) => {
      const api = (window.api = await document.querySelector('ozeki-client')!.webClient());
      window.refused = [];
      api.onErrorOccured(({ code, reason, method }) => window.refused.push({ code, reason, method }));
      const [known] = api.helper.getActiveCallsOfExtension('102');
      const session = known ?? (await new Promise<Session>((resolve) => api.onSessionCreated(resolve)));
      api.getCallHistory();
      api.setupCall('101', '102');
      api.checkWebphoneState(server, '102');
      api.helper.getUserByExtension('102');
      session.hold();
      session.unhold();
      session.close();
      session.hangup();
      session.forward('103');
      session.blindTransfer(session.caller, '103');
      session.sendDtmf('1', session.callee);
      session.startListen();
      return ['getCallHistory', 'setupCall', 'checkWebphoneState', 'getUserByExtension', 'hold', 'unhold']
        .concat('close', 'hangup', 'forward', 'blindTransfer', 'sendDtmf', 'startListen')
        .sort();
    }, script.address);
    await page.waitForFunction((count) => window.refused.length >= count, { timeout: 30_000 }, asked.length);
    const told = await page.evaluate(() => window.refused);
    assert.deepEqual(told.map(({ method }) => method).sort(), asked);
    assert.deepEqual(
      told.filter(({ code, reason }) => code !== 301 || reason !== 'unsupported'),
      [],
    );
    const calls = await page.evaluate(
      () => document.querySelector('ozeki-client')!.phone.getState().calls.length,
    );
    assert.equal(calls, 0, 'nothing is left of what was asked for');
  });

  it('is said in words that fit, where it is said on the screen', async () => {
    script.answers.MESSAGE = (request) => script.reply(request, 415, 'Unsupported Media Type');
    await desk.fill('Write a message', 'Hello');
    await desk.press('Send');
    await desk.shows('ozeki-chat', /Not sent.*The phone system or the other side cannot do that\./);
  });
});
