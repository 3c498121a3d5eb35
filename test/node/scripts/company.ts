/** An office whose calls a web site controls: the real exchange, sender and scripts; no browser and no sound. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Mail,
  Mailer,
  IncomingSms,
  OutgoingSms,
  SmsPort,
  SmsReport,
} from '../../../src/pbx/messages/index.js';
import { createNotificationSender } from '../../../src/pbx/notifications/index.js';
import type { SettingsInput } from '../../../src/pbx/config/settings.js';
import { validateSettings } from '../../../src/pbx/config/validate.js';
import { Scripts, Sounds, WebFiles } from '../../../src/pbx/scripts/index.js';
import { createWebClient } from '../../../src/pbx/web-client/index.js';
import { MessageError } from '../../../src/pbx/messages/index.js';
import { SpeechError } from '../../../src/pbx/media/speech/index.js';
import { Office, strictLog } from '../exchange/office.js';

/** A notification as the site got it. */
export interface Notified {
  readonly path: string;
  readonly fields: Record<string, string>;
}

type Answer = string | undefined | ((notified: Notified) => string | undefined);

/** The company's web site: what it was told, and what it answers, by path. */
class Site {
  readonly told: Notified[] = [];
  readonly answers = new Map<string, Answer>();
  #waiting: (() => void)[] = [];
  #server: Server;

  constructor() {
    this.#server = createServer((request, reply) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const path = request.url ?? '';
        const notified = { path, fields: Object.fromEntries(new URLSearchParams(body)) };
        this.told.push(notified);
        const answer = this.answers.get(path);
        if (answer === 'hang') return;
        const ozml = typeof answer === 'function' ? answer(notified) : answer;
        reply.end(ozml === undefined ? '' : `<Response>${ozml}</Response>`);
        for (const look of this.#waiting.splice(0)) look();
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The notifications of a name so far. */
  named(name: string): Record<string, string>[] {
    return this.told.flatMap(({ fields }) => (fields.NotificationName === name ? [fields] : []));
  }

  /** Waits for a notification of that name; the `count`-th. */
  async tells(name: string, count = 1): Promise<Record<string, string>> {
    const end = Date.now() + 30_000;
    for (;;) {
      const found = this.named(name)[count - 1];
      if (found) return found;
      await new Promise<void>((resolve, reject) => {
        const late = () => reject(new Error(`no ${name} but ${JSON.stringify(this.told)}`));
        const timer = setTimeout(late, end - Date.now());
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Takes e-mails and SMS, and lets tests bring some. */
class Post implements Mailer, SmsPort {
  readonly mails: Mail[] = [];
  readonly sms: OutgoingSms[] = [];
  report: (report: SmsReport) => void = () => {};
  incoming: (sms: IncomingSms) => Promise<boolean> = () => Promise.resolve(false);

  send(message: Mail): Promise<{ messageId: string }>;
  send(message: OutgoingSms): Promise<void>;
  send(message: Mail | OutgoingSms): Promise<{ messageId: string } | void> {
    if ('to' in message) {
      this.mails.push(message);
      return Promise.resolve({ messageId: '<1@example.com>' });
    }
    if (message.recipient === 'nobody') {
      return Promise.reject(new MessageError('destination-not-found', 'There is nobody of that number.'));
    }
    this.sms.push(message);
    return Promise.resolve();
  }

  onReport(listener: (report: SmsReport) => void): () => void {
    this.report = listener;
    return () => {};
  }

  onIncoming(taker: (sms: IncomingSms) => Promise<boolean>): () => void {
    this.incoming = taker;
    return () => {};
  }

  close(): void {}
}

export class Company {
  readonly site = new Site();
  readonly post = new Post();
  readonly office = new Office();
  readonly journal: string[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'ozeki-scripts-'));
  address = '';
  scripts!: Scripts;
  #sender!: ReturnType<typeof createNotificationSender>;

  /** Starts it. API extension 9999 asks `/`, everything else what `httpApi` says. */
  async start({
    notifications = {},
    allowTargets = ['loopback'],
  }: { notifications?: Record<string, string>; allowTargets?: string[] } = {}): Promise<this> {
    this.address = await this.site.start();
    const input: SettingsInput = {
      apiExtensions: [
        {
          id: '9999',
          name: 'Script',
          incomingCallUrl: `${this.address}/`,
          incomingMessageUrl: `${this.address}/sms`,
        },
        { id: '9998', name: 'Without a site' },
      ],
      httpApi: {
        allowedAddresses: ['loopback'],
        allowTargets,
        notifications: {
          errorUrl: `${this.address}/error`,
          ...Object.fromEntries(
            Object.entries(notifications).map(([key, path]) => [key, `${this.address}${path}`]),
          ),
        },
      },
    };
    const validation = validateSettings(input, () => undefined);
    assert.ok('settings' in validation, JSON.stringify(validation));
    const { settings } = validation;
    const { office } = this;
    const log = strictLog(office.errors, office.logged);
    this.#sender = createNotificationSender({
      settings: () => ({ timeoutMs: 500, retries: 0, maxAnswerBytes: 100_000, allowTargets }),
      log,
    });
    const speech = {
      speak: (text: string) =>
        text === 'unspeakable'
          ? Promise.reject(new SpeechError('it cannot be spoken'))
          : Promise.resolve({ packets: [Buffer.from(text)], ms: 20 }),
      close: () => Promise.resolve(),
    };
    const apiExtensions = settings.apiExtensions.map((extension) => ({ ...extension, trusted: true }));
    this.scripts = new Scripts(
      { ...settings, apiExtensions },
      {
        exchange: office.exchange,
        media: office.media,
        sender: this.#sender,
        sounds: new Sounds(() => this.folder, new WebFiles(createWebClient(), () => allowTargets), speech),
        recordings: { folder: this.folder, urlOf: (name) => `http://pbx:7780/HttpRecordings/${name}` },
        journal: {
          begun: ({ callId }) => this.journal.push(`begun ${callId === '' ? 'without a call' : 'call'}`),
          command: (_place, name) => this.journal.push(name),
          failed: (_place, code) => this.journal.push(`error ${code}`),
          ended: () => this.journal.push('ended'),
        },
        mailer: this.post,
        sms: this.post,
        log,
      },
    );
    this.office.exchange.reconfigure({
      dialPlan: { rules: [], ringSeconds: 60 },
      conferences: [],
      services: this.scripts.services,
      router: this.scripts.router,
    });
    return this;
  }

  async stop(): Promise<void> {
    this.scripts.close();
    await this.#sender.close();
    await this.site.stop();
    rmSync(this.folder, { recursive: true });
    this.office.mustBeQuiet();
  }

  /** What is being played at the moment, oldest first. */
  playing(): string[] {
    return [...this.office.media.players]
      .filter(({ isPlaying }) => isPlaying)
      .map(({ played }) => String(played.at(-1)?.packets[0]));
  }

  /** Waits until this is being played, and lets it be through. */
  async hears(text: string): Promise<void> {
    await this.says(text);
    for (const player of this.office.media.players) if (player.isPlaying) player.finish();
  }

  /** Waits until this is being played. */
  says(text: string): Promise<void> {
    return eventually(`"${text}"; it plays: ${this.playing().join()}`, () => this.playing().includes(text));
  }
}

/** Waits until something is true; looked at whenever the process had a moment to do its work. */
export async function eventually(what: string, look: () => unknown): Promise<void> {
  const end = Date.now() + 30_000;
  while (!look()) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
