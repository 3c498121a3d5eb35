/** A house with one outside line, and its provider: the real trunk and exchange; media are known by their names only. */
import assert from 'node:assert/strict';
import { systemClock, type Clock } from '../../../src/pbx/clock.js';
import { validateSettings } from '../../../src/pbx/config/validate.js';
import type { MediaEngine } from '../../../src/pbx/media/engine.js';
import { Trunks } from '../../../src/pbx/trunks/index.js';
import { until } from '../../support/until.js';
import { Office, strictLog, type Phone } from '../exchange/office.js';
import { Provider, respond } from './provider.js';

export const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n';

export interface HouseOptions {
  readonly clock?: Clock;
  /** Where the media of the line are made. */
  readonly engine?: MediaEngine;
  readonly way?: 'udp' | 'tcp' | 'udp6';
}

export class House {
  readonly errors: string[] = [];
  readonly logged: string[] = [];
  readonly office: Office;
  readonly trunks: Trunks;

  private constructor(
    readonly provider: Provider,
    private readonly options: HouseOptions,
  ) {
    this.office = new Office({ rules: [], ringSeconds: 60 });
    const { clock = systemClock, engine = this.office.media } = options;
    this.trunks = new Trunks({
      engine,
      exchange: this.office.exchange.lineCalls,
      registrar: this.office.registrar,
      clock,
      log: strictLog(this.errors, this.logged),
    });
  }

  static async open(options: HouseOptions = {}): Promise<House> {
    return new House(await Provider.start(options.way), options);
  }

  /** Starts the line, or has it be another one: numbers that begin with 0 go out by it. */
  start(more: object = {}): void {
    const { server } = this.provider;
    const transport = this.options.way === 'tcp' ? 'tcp' : 'udp';
    const line = { id: 'line', type: 'sip', name: 'Line', server, transport, username: 'line' };
    const validation = validateSettings(
      { outsideLines: [{ ...line, domain: 'provider.test', password: 'hush', ...more }] },
      () => undefined,
    );
    assert.ok('settings' in validation, JSON.stringify(validation));
    this.trunks.reconfigure(validation.settings);
    this.office.exchange.reconfigure({
      dialPlan: { rules: [{ pattern: '0*', to: '{rest}', line: 'line' }], ringSeconds: 60 },
      conferences: [],
      lines: this.trunks.lines,
    });
    this.office.registrar.replace([
      ...this.office.registrar.list().filter(({ id }) => id !== 'line'),
      ...this.trunks.lines.map(({ account }) => account),
    ]);
  }

  get line() {
    return this.trunks.statuses[0];
  }

  registered(): Promise<void> {
    return until(() => this.line?.state === 'registered');
  }

  /** A call out that was answered. */
  async calling(): Promise<{ front: Phone; call: string; tags: object }> {
    await this.registered();
    const { provider } = this;
    const front = this.office.phone('1001');
    provider.answer = (request) =>
      request.method === 'INVITE'
        ? respond(request, 200, [`Contact: <sip:far@${provider.server}>`], SDP)
        : respond(request, 200);
    const call = await front.start('0+3615550100');
    const invite = await provider.gets(({ method }) => method === 'INVITE');
    await until(() => front.call(call).state === 'active');
    const tags = {
      ...{ callId: invite.header('call-id'), to: invite.header('from') },
      from: `${invite.header('to')};tag=provider`,
    };
    return { front, call, tags };
  }

  async close(): Promise<void> {
    await this.trunks.close();
    this.provider.close();
    assert.deepEqual(this.errors, []);
    assert.deepEqual(this.office.errors, []);
    const logged = [...this.logged, ...this.office.logged];
    assert.ok(!logged.some((text) => text.includes('hush')), 'no password is logged');
  }
}
