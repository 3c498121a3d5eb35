/**
 * A machine with two links to the phone system, like a laptop with a cable and a wireless network: a network namespace
 * of Linux, so that a test can take links away under a real browser. Only root may make one.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { FLAGS } from './browser.js';

export type LinkName = 'cable' | 'wireless';

const LINKS: Record<LinkName, { net: number; metric: number }> = {
  cable: { net: 1, metric: 100 },
  wireless: { net: 2, metric: 200 },
};

let count = 0;

export class TwoLinks {
  /** The address of the phone system, by whichever link there is. */
  readonly server: string;
  readonly #name: string;
  readonly #net: string;
  #blocked = false;
  readonly #folder = mkdtempSync(join(tmpdir(), 'ozeki-links-'));

  private constructor() {
    const number = (process.pid + count++) % 100;
    this.#name = `oz${process.pid % 100_000}-${number}`;
    this.#net = `10.${128 + number}`;
    this.server = `${this.#net}.0.1`;
  }

  /** Whether this machine lets namespaces be made. */
  static get possible(): boolean {
    try {
      execFileSync('ip', ['netns', 'list'], { stdio: 'ignore' });
      return process.getuid?.() === 0;
    } catch {
      return false;
    }
  }

  /** Makes the machine with both links up; everything goes by cable as long as it is there. */
  static make(): TwoLinks {
    const links = new TwoLinks();
    const name = links.#name;
    ip('netns', 'add', name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('address', 'add', `${links.server}/32`, 'dev', 'lo');
    for (const link of Object.keys(LINKS) as LinkName[]) {
      const [near, far] = links.#ends(link);
      ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name);
      ip('address', 'add', `${links.#host(link, 1)}/24`, 'dev', near);
      ip('link', 'set', near, 'up');
      links.up(link);
    }
    return links;
  }

  up(link: LinkName): void {
    const [, far] = this.#ends(link);
    const inside = (...command: string[]) => ip('-n', this.#name, ...command);
    inside('link', 'set', far, 'up');
    inside('address', 'replace', `${this.#host(link, 2)}/24`, 'dev', far);
    const metric = String(LINKS[link].metric);
    inside('route', 'replace', 'default', 'via', this.#host(link, 1), 'dev', far, 'metric', metric);
  }

  /** Takes a link away, with its address. */
  down(link: LinkName): void {
    const [, far] = this.#ends(link);
    ip('-n', this.#name, 'address', 'flush', 'dev', far);
    ip('-n', this.#name, 'link', 'set', far, 'down');
  }

  /** Lets no datagram through, either way: media break, and what goes over TCP does not. */
  blockDatagrams(): void {
    ip('-n', this.#name, ...this.#rule('add', 'from'));
    ip(...this.#rule('add', 'to'));
    this.#blocked = true;
  }

  allowDatagrams(): void {
    if (!this.#blocked) return;
    ip('-n', this.#name, ...this.#rule('delete', 'from'));
    ip(...this.#rule('delete', 'to'));
    this.#blocked = false;
  }

  /** A browser on this machine; pages of the phone system get devices there, as by https. */
  startBrowser(origin: string): Promise<Browser> {
    const program = join(this.#folder, 'browser');
    const real = process.env.CHROMIUM ?? '/usr/bin/chromium';
    writeFileSync(program, `#!/bin/sh\nexec ip netns exec ${this.#name} ${real} "$@"\n`);
    chmodSync(program, 0o755);
    return puppeteer.launch({
      executablePath: program,
      headless: true,
      pipe: true,
      args: [...FLAGS, `--unsafely-treat-insecure-origin-as-secure=${origin}`],
    });
  }

  remove(): void {
    this.allowDatagrams();
    ip('netns', 'delete', this.#name);
    ip('address', 'delete', `${this.server}/32`, 'dev', 'lo');
    rmSync(this.#folder, { recursive: true });
  }

  #rule(what: 'add' | 'delete', side: 'from' | 'to'): string[] {
    return ['rule', what, side, `${this.#net}.0.0/16`, 'ipproto', 'udp', 'prohibit'];
  }

  #ends(link: LinkName): [string, string] {
    return [`${this.#name}${link[0]}`, link];
  }

  #host(link: LinkName, host: number): string {
    return `${this.#net}.${LINKS[link].net}.${host}`;
  }
}

function ip(...command: string[]): void {
  execFileSync('ip', command, { stdio: ['ignore', 'ignore', 'inherit'] });
}
