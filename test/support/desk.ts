/**
 * A person at a page with the kit on it: signs in, dials, presses buttons by the names a screen reader would
 * say, and listens.
 */
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { find } from './by-name.js';
import { until } from './demo.js';
import { instrument, type PageOptions } from './instrument.js';

export interface DeskOptions extends Partial<PageOptions> {
  /** Where the page lies. */
  url: string;
  /** The browser of this person: the page is another tab there. */
  beside?: Desk;
}

export class Desk {
  /** What the page's own scripts threw and did not catch. */
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
  ) {}

  /** Opens the page in a window of its own: a tab in the background is not drawn, and its buttons cannot be pressed. */
  static async open(browser: Browser, options: DeskOptions): Promise<Desk> {
    const { url, beside, tone = 807, tones = {}, microphone = 'tone', relayOnly = false } = options;
    const context = beside?.context ?? (await browser.createBrowserContext());
    const page = await context.newPage({ type: beside ? 'window' : 'tab' });
    const desk = new Desk(page, context);
    page.on('pageerror', (error) => {
      console.error('page error:', error);
      desk.errors.push(String(error));
    });
    await instrument(page, { tone, tones, microphone, relayOnly });
    await page.goto(url);
    return desk;
  }

  /** Fills in the sign-in form and waits until the phone is connected. */
  async signIn(extension: string, password = `demo-${extension}`): Promise<void> {
    await this.fill('Extension', extension);
    await this.fill('Password', password);
    await this.press('Sign in');
  }

  /** Has the page's phone sign in by itself. */
  async isSignedIn(extension: string): Promise<this> {
    await this.page.evaluate(async (account) => {
      await customElements.whenDefined('ozeki-client');
      const client = document.querySelector('ozeki-client')!;
      client.extension = account;
      client.password = `demo-${account}`;
    }, extension);
    await this.signedIn();
    return this;
  }

  async signedIn(): Promise<void> {
    await this.page.waitForFunction(
      () => document.querySelector('ozeki-client, ozeki-webphone')?.matches(':state(connected)') ?? false,
    );
  }

  /** Types a number into the dialpad and presses Call. */
  async dial(number: string, button = 'Call'): Promise<void> {
    await this.fill('Number', number);
    await this.press(button);
  }

  /** Presses the button of that accessible name, when it is there and can be used. */
  async press(name: string | RegExp): Promise<void> {
    await (await find(this.page, name)).click();
  }

  /** Has the field of that name hold a text, typed. */
  async fill(label: string, value: string): Promise<void> {
    const field = await find(this.page, label, { role: 'textbox' });
    await field.evaluate((input) => {
      input.focus();
      (input as HTMLInputElement).select();
    });
    if (value) await field.type(value);
    else await this.page.keyboard.press('Backspace');
  }

  /** The name of what has the focus, in whichever shadow root it is; empty when nothing has it. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      if (!at || at === document.body) return '';
      const { labels } = at as Partial<HTMLInputElement>;
      const name = at.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? at.textContent;
      return name.replace(/\s+/g, ' ').trim();
    });
  }

  /** Goes with the Tab key to what has that name, as those do who have no pointer. */
  async tabTo(name: string): Promise<void> {
    for (let stops = 0; (await this.focused()) !== name; stops++) {
      if (stops > 150) throw new Error(`The Tab key never comes to ${name}.`);
      await this.page.keyboard.press('Tab');
    }
  }

  /** Goes to a button with the Tab key, and presses it with Enter. */
  async key(name: string): Promise<void> {
    await this.offers(name);
    await this.tabTo(name);
    await this.page.keyboard.press('Enter');
  }

  /** Types into the field of that name, which is to have the focus by itself. */
  async type(name: string, text: string): Promise<void> {
    const focused = await until(
      () => this.focused(),
      (now) => now === name,
    );
    if (focused !== name) throw new Error(`The focus is on "${focused}", not on ${name}.`);
    await this.page.keyboard.type(text);
  }

  /** Waits until a button of that name can be seen. */
  async offers(name: string): Promise<void> {
    await find(this.page, name, { usable: false });
  }

  /** Waits until a tag shows a text, shadow roots included. */
  async shows(tag: string, text: string | RegExp): Promise<void> {
    const [source, flags] = text instanceof RegExp ? [text.source, text.flags] : [escape(text), ''];
    await this.page.waitForFunction(
      (selector, pattern, patternFlags) => {
        const read = (node: Node): string =>
          node instanceof HTMLStyleElement
            ? ''
            : node.nodeType === Node.TEXT_NODE
              ? (node.textContent ?? '')
              : [...((node as Element).shadowRoot ?? node).childNodes].map(read).join(' ');
        const wanted = new RegExp(pattern, patternFlags);
        return [...document.querySelectorAll(selector)].some((element) =>
          wanted.test(read(element).replace(/\s+/g, ' ')),
        );
      },
      { polling: 50 },
      tag,
      source,
      flags,
    );
  }

  /** Has the page's phone do something by itself: for those whose hands the test is not about. */
  async phone(act: 'dial' | 'dialVideo' | 'accept' | 'hangUp', number = ''): Promise<void> {
    await this.page.evaluate(
      async (what, to) => {
        const { phone } = document.querySelector('ozeki-client')!;
        const now = () => phone.getState().calls.filter(({ state }) => state !== 'ended');
        if (what === 'dial' || what === 'dialVideo') await phone.dial(to, { video: what === 'dialVideo' });
        else if (what === 'hangUp')
          await Promise.all(
            now().map(({ id }) =>
              phone.hangUp(id).catch((error: unknown) => {
                // The other side may have been quicker.
                if (now().some((call) => call.id === id)) throw error;
              }),
            ),
          );
        else {
          const ringing = () =>
            now().find(({ state, direction }) => direction === 'incoming' && state === 'ringing');
          if (!ringing())
            await new Promise<void>((resolve) => {
              const stop = phone.subscribe(() => {
                if (!ringing()) return;
                stop();
                resolve();
              });
            });
          await phone.accept(ringing()!.id);
        }
      },
      act,
      number,
    );
  }

  /** Waits until the page's phone has no call that goes on. */
  async idle(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        document
          .querySelector<'ozeki-client'>('ozeki-client, ozeki-webphone' as 'ozeki-client')!
          .phone.getState()
          .calls.every(({ state }) => state === 'ended'),
      { polling: 50 },
    );
  }

  /** Violations of the page's content security policy so far. */
  violations(): Promise<string[]> {
    return this.page.evaluate(() => window.ears.violations);
  }

  /** Leaves for good: a page that is only closed may come back for its calls. */
  async close(): Promise<void> {
    await this.page.evaluate(() => document.querySelector('ozeki-client')?.signOut()).catch(() => {});
    await this.context.close();
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
