/** A SIP phone that is a real program, driven over its control port (netstrings of JSON). */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { atExit } from './at-exit.js';
import { level } from './level.js';
import { until } from './until.js';

export interface BaresipOptions {
  /** For example `PCMU/8000/1` or `opus/48000/2`. */
  codecs?: string;
  /** What it sends, in Hz. */
  tone?: number;
  answer?: 'auto' | 'manual';
  /** Only encrypted calls (SDES-SRTP). */
  srtp?: boolean;
  /** Writes every SIP message to its log. */
  trace?: boolean;
  /** Whom it writes to with the command `message`. */
  contact?: string;
}

interface Place {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
  readonly proxy: string;
  readonly sip: number;
  readonly control: number;
}

/** Something that happened, for example `CALL_ESTABLISHED`. */
export interface PhoneEvent {
  readonly type: string;
  readonly param?: string;
}

export class Baresip {
  readonly events: PhoneEvent[] = [];
  readonly #replies = new Map<string, (reply: { ok: boolean; data: string }) => void>();
  #received = Buffer.alloc(0);
  #tokens = 0;
  #told: () => void = () => {};

  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly socket: Socket,
  ) {
    socket.on('error', () => {});
    socket.on('data', (data: Buffer) => this.#read(data));
  }

  /** Starts it and waits until it is registered. */
  static async start(folder: string, options: BaresipOptions & Place): Promise<Baresip> {
    configure(folder, options);
    const log = openSync(join(folder, 'log'), 'w');
    const child = spawn('baresip', ['-f', folder, '-4', ...(options.trace ? ['-s'] : [])], {
      stdio: ['ignore', log, log],
    });
    child.once(
      'exit',
      atExit(() => child.kill('SIGKILL')),
    );
    let socket: Socket | undefined;
    await until(async () => {
      const attempt = connect(options.control, '127.0.0.1');
      const up = await Promise.race([
        once(attempt, 'connect').then(
          () => true,
          () => false,
        ),
      ]);
      if (up) socket = attempt;
      return up;
    });
    const phone = new Baresip(folder, child, socket!);
    // It may have registered before anybody listened.
    await until(async () => (await phone.command('reginfo')).data.includes('OK'));
    return phone;
  }

  command(command: string, params = ''): Promise<{ ok: boolean; data: string }> {
    return new Promise((resolve, reject) => {
      const token = String(++this.#tokens);
      const late = setTimeout(() => reject(new Error(`baresip does not answer "${command}"`)), 30_000);
      this.#replies.set(token, (reply) => {
        clearTimeout(late);
        resolve(reply);
      });
      const text = JSON.stringify({ command, params, token });
      this.socket.write(`${Buffer.byteLength(text)}:${text},`);
    });
  }

  async dial(number: string): Promise<void> {
    await this.command('dial', `sip:${number}@lab.test`);
  }

  /** Waits for an event, from the `from`th on. */
  async tells(
    type: string,
    fits: (event: PhoneEvent) => boolean = () => true,
    from = 0,
  ): Promise<PhoneEvent> {
    const end = Date.now() + 30_000;
    for (;;) {
      const found = this.events.slice(from).find((event) => event.type === type && fits(event));
      if (found) return found;
      if (Date.now() > end)
        throw new Error(
          `no ${type} but ${this.events.map((event) => `${event.type}(${event.param})`).join(' ')}`,
        );
      await Promise.race([
        new Promise<void>((resolve) => (this.#told = resolve)),
        new Promise((resolve) => setTimeout(resolve, 250)),
      ]);
    }
  }

  /** What it wrote to its log, all of it once it is stopped. */
  get log(): string {
    return readFileSync(join(this.folder, 'log'), 'utf8');
  }

  /** The level of a tone in the last half second of what was heard in the newest call, in dB. */
  heard(hz: number): number {
    const file = readdirSync(this.folder)
      .filter((name) => name.endsWith('-dec.wav'))
      .sort()
      .at(-1);
    if (!file) return -Infinity;
    const wav = readFileSync(join(this.folder, file));
    const at = wav.indexOf('data', 12, 'latin1') + 8;
    const [channels, rate] = [wav.readUInt16LE(22), wav.readUInt32LE(24)];
    const count = Math.floor((wav.length - at) / 2 / channels);
    const last = Math.min(count, Math.floor(rate / 2));
    if (last < rate / 4) return -Infinity;
    const samples = Float32Array.from(
      { length: last },
      (_, index) => wav.readInt16LE(at + 2 * channels * (count - last + index)) / 32_768,
    );
    return level(samples, hz, rate);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.socket.destroy();
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 2000);
    await ended;
    clearTimeout(late);
  }

  #read(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      if (colon < 0) return;
      const length = Number(this.#received.subarray(0, colon).toString());
      if (this.#received.length < colon + length + 2) return;
      const text = this.#received.subarray(colon + 1, colon + 1 + length).toString();
      this.#received = this.#received.subarray(colon + length + 2);
      const message = JSON.parse(text) as PhoneEvent & {
        response?: boolean;
        ok: boolean;
        data: string;
        token: string;
      };
      if (message.response) this.#replies.get(message.token)?.(message);
      else {
        this.events.push(message);
        this.#told();
      }
    }
  }
}

const MODULES = '/usr/lib/baresip/modules';

function configure(folder: string, options: BaresipOptions & Place): void {
  const { user, domain, password, proxy, sip, control } = options;
  const { codecs = 'PCMU/8000/1', tone = 440, answer = 'auto', srtp = false } = options;
  if (!existsSync(MODULES)) throw new Error(`baresip has no modules in ${MODULES}.`);
  mkdirSync(folder, { recursive: true });
  const encryption = srtp ? ['srtp'] : [];
  const modules = [...encryption, ...'g711 opus ausine aubridge sndfile ctrl_tcp debug_cmd uuid'.split(' ')];
  const config = [
    'poll_method epoll',
    'call_local_timeout 120',
    'call_max_calls 4',
    `module_path ${MODULES}`,
    `sip_listen 127.0.0.1:${sip}`,
    // "lo" does not work here, its address does.
    'net_interface 127.0.0.1',
    `audio_source ausine,${tone}`,
    'audio_player aubridge,out',
    'audio_alert aubridge,alert',
    'ausrc_srate 48000',
    'auplay_srate 48000',
    'ausrc_channels 2',
    'auplay_channels 1',
    'audio_telev_pt 101',
    'rtcp_mux no',
    'jitter_buffer_delay 5-10',
    `ctrl_tcp_listen 127.0.0.1:${control}`,
    `snd_path ${folder}`,
    ...modules.map((name) => `module ${name}.so`),
    // After the codecs: accounts name them.
    ...['account', 'contact', 'menu'].map((name) => `module_app ${name}.so`),
  ];
  writeFileSync(join(folder, 'config'), `${config.join('\n')}\n`);
  const { contact } = options;
  writeFileSync(join(folder, 'contacts'), contact ? `"Contact" <sip:${contact}@${domain}>\n` : '');
  const account = [
    `<sip:${user}@${domain};transport=udp>`,
    `auth_user=${user}`,
    `auth_pass=${password}`,
    `outbound="${proxy}"`,
    `answermode=${answer}`,
    `audio_codecs=${codecs}`,
    'regint=300',
    ...(srtp ? ['mediaenc=srtp-mand'] : []),
  ];
  writeFileSync(join(folder, 'accounts'), `${account.join(';')}\n`);
}
