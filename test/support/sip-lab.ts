/**
 * A SIP network on loopback for tests: Kamailio with rtpengine, phones that are real programs (baresip), and a TURN
 * server (coturn). All of them run in the foreground with their files in one folder of their own, and end with the lab.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { cpSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../node/http/certificate.js';
import { atExit } from './at-exit.js';
import { Baresip, type BaresipOptions } from './baresip.js';
import { until } from './until.js';

const CONFIG = new URL('sip-lab/kamailio.cfg', import.meta.url).pathname;

export const DOMAIN = 'lab.test';
export const PASSWORD = 'secret';

/** A program that runs until it is stopped. */
export class Program {
  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    readonly log: string,
  ) {}

  static start(name: string, command: readonly string[], folder: string): Program {
    const log = join(folder, `${name}.log`);
    const out = openSync(log, 'a');
    // A group of its own, so that its workers end with it.
    const child = spawn(command[0]!, command.slice(1), {
      cwd: folder,
      stdio: ['ignore', out, out],
      detached: true,
    });
    // Not found: `running` says so.
    child.on('error', () => {});
    const program = new Program(name, child, log);
    const forget = atExit(() => program.#signal('SIGKILL'));
    child.once('exit', forget);
    return program;
  }

  get running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until it is as it should be; tells what it wrote when it ends before. */
  async ready(isSo: () => boolean | Promise<boolean>): Promise<void> {
    await until(async () => {
      if (!this.running)
        throw new Error(`${this.name} ended: ${readFileSync(this.log, 'utf8').slice(-2000)}`);
      return isSo();
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.running) return;
    const ended = once(this.child, 'exit');
    this.#signal(signal);
    const late = setTimeout(() => this.#signal('SIGKILL'), 3000);
    await ended;
    clearTimeout(late);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.running) process.kill(-this.child.pid!, signal);
  }
}

export class SipLab {
  readonly #programs: Program[] = [];
  readonly #phones: Baresip[] = [];
  #kamailio: Program | undefined;

  private constructor(
    readonly folder: string,
    private readonly ports: Record<'ws' | 'udp' | 'tls' | 'ng', number>,
    /** The certificate of the server, when it speaks TLS. */
    readonly certificate: { readonly cert: string; readonly key: string } | null,
    private readonly digest: string,
  ) {}

  /** Starts all; with `tls` it also speaks SIP over TLS. Passwords are proven by `MD5`, as phones can, or `SHA-256`. */
  static async start({ tls: encrypted = false, digest = 'MD5' } = {}): Promise<SipLab> {
    const folder = mkdtempSync(join(tmpdir(), 'sip-lab-'));
    const [ws, tls, udp, ng, cli] = await Promise.all([
      freeTcp(),
      freeTcp(),
      freeUdp(),
      freeUdp(),
      freeTcp(),
    ]);
    const certificate = encrypted ? makeCertificate(folder, 'server') : null;
    const lab = new SipLab(folder, { ws, udp, tls, ng }, certificate, digest);
    try {
      // Above what systems give out by themselves, and below where Chromium looks.
      const media = 20_000 + (process.pid % 8) * 1000;
      const rtpengine = lab.#run('rtpengine', [
        'rtpengine',
        // The system's has ports of its own, which only one can have.
        '--config-file=none',
        ...['--foreground', '--log-stderr', '--table=-1', '--delete-delay=0', '--num-threads=2'],
        ...['--interface=127.0.0.1', `--listen-ng=127.0.0.1:${ng}`, `--listen-cli=127.0.0.1:${cli}`],
        ...[`--port-min=${media}`, `--port-max=${media + 999}`],
      ]);
      await rtpengine.ready(() => answers(cli));
      await lab.startServer();
    } catch (error) {
      await lab.stop();
      throw error;
    }
    return lab;
  }

  /** The address for `<ozeki-client server>`. */
  get server(): string {
    return `sip+ws://127.0.0.1:${this.ports.ws}/`;
  }

  /** Where the server is for lines of a phone system. */
  get udp(): string {
    return `127.0.0.1:${this.ports.udp}`;
  }

  get tls(): string {
    return `127.0.0.1:${this.ports.tls}`;
  }

  async startServer(): Promise<void> {
    const { ws, udp, tls, ng } = this.ports;
    const tables = join(this.folder, 'dbtext');
    rmSync(tables, { recursive: true, force: true });
    cpSync('/usr/share/kamailio/dbtext/kamailio', tables, { recursive: true });
    const values = {
      MODULES: kamailioModules(),
      RUNDIR: this.folder,
      DIGEST: this.digest,
      WS_PORT: ws,
      UDP_PORT: udp,
      NG_PORT: ng,
      TLS_PORT: tls,
    };
    this.#kamailio = this.#run('kamailio', [
      ...['kamailio', '-DD', '-E', '-m', '64', '-M', '8', '-Y', this.folder, '-f', CONFIG],
      ...Object.entries(values).map(([name, value]) => `--substdef=!${name}!${value}!g`),
      ...(this.certificate ? ['-A', 'WITH_TLS'] : []),
    ]);
    await this.#kamailio.ready(() => answers(ws));
  }

  /** Ends the server at once, as a crash would. */
  async killServer(): Promise<void> {
    await this.#kamailio!.stop('SIGKILL');
    await until(async () => !(await answers(this.ports.ws)));
  }

  /** A phone that is registered; it sends one tone, and keeps what it hears. */
  async phone(user: string, options: BaresipOptions = {}): Promise<Baresip> {
    const [sip, control] = await Promise.all([freeUdp(), freeTcp()]);
    const phone = await Baresip.start(join(this.folder, user), {
      ...options,
      user,
      domain: DOMAIN,
      password: PASSWORD,
      proxy: `sip:127.0.0.1:${this.ports.udp};transport=udp`,
      sip,
      control,
    });
    this.#phones.push(phone);
    return phone;
  }

  /** Publishes the state of an extension, as voicemail and phones do (RFC 3903); the server tells who asked. */
  async publish(user: string, event: string, type: string, body: string): Promise<void> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    const headers = [
      `PUBLISH sip:${user}@${DOMAIN} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${port}${process.hrtime.bigint()}`,
      ...['Max-Forwards: 70', `From: <sip:${user}@${DOMAIN}>;tag=p${port}`, `To: <sip:${user}@${DOMAIN}>`],
      ...[`Call-ID: ${process.hrtime.bigint()}`, 'CSeq: 1 PUBLISH', `Event: ${event}`, 'Expires: 60'],
      ...[`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`],
    ];
    const answered = once(socket, 'message') as Promise<[Buffer]>;
    socket.send(`${headers.join('\r\n')}\r\n\r\n${body}`, this.ports.udp, '127.0.0.1');
    const [answer] = await answered;
    socket.close();
    if (!answer.toString().startsWith('SIP/2.0 200')) throw new Error(answer.toString().split('\r\n', 1)[0]);
  }

  /** Starts the TURN server and gives its address; user `lab`, password `secret`. */
  async turn(): Promise<string> {
    const port = await freeUdp();
    const turn = this.#run('turnserver', [
      ...['turnserver', '-n', '--no-tls', '--no-dtls', '--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1'],
      ...[`--listening-port=${port}`, '--min-port=31000', '--max-port=31500', '--allow-loopback-peers'],
      ...['--lt-cred-mech', '--user=lab:secret', `--realm=${DOMAIN}`, '--no-cli', '--log-file=stdout'],
      ...[`--pidfile=${join(this.folder, 'turn.pid')}`, `--userdb=${join(this.folder, 'turndb')}`],
    ]);
    await turn.ready(() => answers(port));
    return `turn:127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#phones.map((phone) => phone.stop()));
    await Promise.all(this.#programs.map((program) => program.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(name: string, command: readonly string[]): Program {
    const program = Program.start(name, command, this.folder);
    this.#programs.push(program);
    return program;
  }
}

/** Where Debian keeps them is named after the machine. */
function kamailioModules(): string {
  const found = readdirSync('/usr/lib')
    .map((name) => `/usr/lib/${name}/kamailio/modules/`)
    .find((path) => existsSync(path));
  if (!found) throw new Error('Kamailio has no modules under /usr/lib.');
  return found;
}

async function freeTcp(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function freeUdp(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Whether something listens on a TCP port. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
