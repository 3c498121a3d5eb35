import { SignalingError, type Call, type Description, type EndReason, type SignalingEvent } from '../port.js';
import type { Dialog } from './dialog.js';
import type { IncomingRequest } from './jssip.js';
import { Negotiation, type Wants } from './negotiation.js';
import { newToken } from './random.js';
import { refusal } from './statuses.js';
import { referralOf, ReferralReport, statusOf, Transferring, type Referral } from './transfer.js';
import type { DialogOwner, UserAgent } from './user-agent.js';

/** How long a call that was hung up waits for the other side to say so, in milliseconds. */
const BYE_MS = 2000;

/** What calls share. */
export interface CallHost {
  readonly agent: UserAgent;
  tell(event: SignalingEvent): void;
  /** Resolves when there is a connection, at once or later. */
  up(): Promise<void>;
  /** The call is over. */
  over(call: SipCall): void;
  /** The other side of a call wrote something. */
  wrote(call: SipCall, request: IncomingRequest): void;
  /** Whether the other side of a call may have this one call there. */
  mayRefer(referral: Referral): boolean;
  /** The other side of a call wants this one to call somebody instead; `told` hears how that goes, `failed` that it is not made. */
  refer(callId: string, asked: { referral: Referral; told: (call: Call) => void; failed: () => void }): void;
}

/** One call of this phone: what both directions have in common, from the answer on. */
export abstract class SipCall implements DialogOwner {
  protected readonly host: CallHost;
  protected dialog: Dialog | null = null;
  protected readonly wants: Wants = { held: false, sending: false };
  #negotiation: Negotiation | null = null;
  #transferring: Transferring | null = null;
  /** It ends because its sides were connected with others. */
  #leaving = false;
  #call: Call;

  protected constructor(
    host: CallHost,
    id: string,
    call: Pick<Call, 'direction' | 'state' | 'remote' | 'video' | 'sessionId'>,
  ) {
    this.host = host;
    this.#call = {
      ...call,
      id,
      kind: 'call',
      heldLocally: false,
      heldRemotely: false,
      line: '',
      remoteVideo: false,
      conference: null,
      transfer: null,
      startedAt: Date.now(),
      answeredAt: null,
      talk: { ms: 0, since: null },
    };
  }

  /** As it is now. */
  get call(): Call {
    return this.#call;
  }

  get active(): boolean {
    return this.#call.state === 'active';
  }

  /** Gives up a call that is not answered yet. */
  protected abstract giveUp(): Promise<void>;

  async hangUp(): Promise<void> {
    if (this.#call.state === 'ended') return;
    if (!this.active) return this.giveUp();
    const dialog = this.dialog!;
    this.end(this.#leaving ? 'transferred' : 'hung-up');
    await this.host.up();
    // This side is out of the call, whether or not the other says so.
    await Promise.race([
      dialog.ask('BYE').response.catch(() => {}),
      new Promise((resolve) => setTimeout(resolve, BYE_MS)),
    ]);
  }

  async hold(held: boolean): Promise<void> {
    const negotiation = this.#talking();
    if (held === this.wants.held) return;
    this.wants.held = held;
    try {
      await negotiation.renegotiate();
    } catch (error) {
      this.wants.held = !held;
      throw error;
    }
    this.change({ heldLocally: held });
  }

  async sendingVideo(sending: boolean): Promise<void> {
    const negotiation = this.#talking();
    if (sending === this.wants.sending) return;
    if (!negotiation.takesVideo && !sending) return;
    this.wants.sending = sending;
    try {
      if (negotiation.takesVideo) await negotiation.renegotiate();
      if (!negotiation.takesVideo) throw new SignalingError('unsupported', 'The other side takes no video.');
    } catch (error) {
      this.wants.sending = !sending;
      throw error;
    }
  }

  describe(description: Description): Promise<void> {
    return this.#talking().describe(description);
  }

  /**
   * Lets the other side know where this one is now, after the socket was another one; the media look for new paths,
   * too: it may be another network.
   */
  refresh(): Promise<void> {
    return this.#talking().renegotiate(true);
  }

  /** Asks the other side to call that number (RFC 3515). */
  async transfer(to: string): Promise<void> {
    this.#talking();
    const target = this.host.agent.address(to);
    if (!target) throw new SignalingError('not-found', 'This is not a number or address that can be called.');
    await this.#refer(to, String(target));
  }

  /** Asks the other side to call that of another call, and to take this side's place there. */
  async join(other: SipCall): Promise<void> {
    this.#talking();
    other.#talking();
    await this.#refer(other.call.remote.number, other.dialog!.replaceable, other);
  }

  /** Leaves to the others what was talked about with them: they are connected, or somebody took this side's place. */
  async leave(): Promise<void> {
    this.#leaving = true;
    if (this.active) await this.hangUp();
  }

  /** Sends a request within the call; rejects with a {@link SignalingError} when it is refused. */
  async tell(method: string, headers: readonly string[], body: string): Promise<void> {
    this.#talking();
    const response = await this.dialog!.ask(method, headers, body).response;
    if (response.status_code >= 300) throw refusal(response);
  }

  /** Sends digits as messages, one after the other (INFO, RFC 6086). */
  async sendDigits(digits: string): Promise<void> {
    const headers = ['Content-Type: application/dtmf-relay'];
    for (const digit of digits) await this.tell('INFO', headers, `Signal=${digit}\r\nDuration=160\r\n`);
  }

  receive(request: IncomingRequest): void {
    if (!this.dialog?.takes(request)) return;
    switch (request.method) {
      case 'BYE':
        request.reply(200);
        // Who was transferred need not wait for us.
        this.end(
          this.#leaving || this.#call.transfer?.state === 'ringing' ? 'transferred' : 'remote-hung-up',
        );
        break;
      case 'INVITE':
      case 'UPDATE':
        if (this.#negotiation && this.active) this.#negotiation.receive(request);
        else request.reply(491);
        break;
      case 'ACK':
        this.acknowledged(request);
        this.#negotiation?.receive(request);
        break;
      case 'REFER':
        this.#referred(request);
        break;
      case 'NOTIFY':
        request.reply(this.#transferring ? 200 : 481);
        this.#transferring?.notified(request);
        break;
      case 'MESSAGE':
        this.host.wrote(this, request);
        break;
      case 'INFO':
      case 'OPTIONS':
        request.reply(200);
        break;
      default:
        request.reply(405);
    }
  }

  /** The other side took this side's answer to the INVITE the call began with. */
  protected acknowledged(_ack: IncomingRequest): void {}

  /** The other side answered, or was answered. */
  protected answered(dialog: Dialog, far: string): void {
    this.dialog = dialog;
    const { agent, tell } = this.host;
    const { id, direction } = this.#call;
    const negotiation = new Negotiation(
      dialog,
      {
        get contactHeader() {
          return agent.contactHeader;
        },
        wantOffer: (restart) => tell({ type: 'wanted', callId: id, what: 'offer', restart }),
        described: (description) => tell({ type: 'description', callId: id, description }),
        farMedia: ({ holds, sendsVideo }) => {
          const { heldRemotely, remoteVideo } = this.#call;
          if (holds !== heldRemotely || sendsVideo !== remoteVideo)
            this.change({ heldRemotely: holds, remoteVideo: sendsVideo });
        },
        gone: () => this.end('remote-hung-up'),
      },
      { wants: this.wants, far, caller: direction === 'outgoing' },
    );
    this.#negotiation = negotiation;
    const now = Date.now();
    this.change({ state: 'active', answeredAt: now, talk: { ms: 0, since: now } });
    negotiation.heard(far);
  }

  protected change(change: Partial<Call>): void {
    if (this.#call.state === 'ended') return;
    this.#call = { ...this.#call, ...change };
    this.host.tell({ type: 'call', call: this.#call });
  }

  end(reason: EndReason): void {
    if (this.#call.state === 'ended') return;
    this.dialog?.close();
    this.#negotiation?.close();
    this.change({ state: 'ended', endReason: reason });
    this.host.over(this);
  }

  async #refer(to: string, referTo: string, other?: SipCall): Promise<void> {
    const { agent } = this.host;
    const before = this.#transferring;
    // At once: how it goes may be told before the REFER is answered (RFC 6665, 4.1.2.4).
    const transfer = (this.#transferring = new Transferring(to, {
      contactHeader: agent.contactHeader,
      changed: (now) => this.change({ transfer: now }),
      done: () => {
        for (const call of [this, other]) call?.leave().catch(() => {});
      },
    }));
    try {
      await transfer.ask(this.dialog!, referTo, agent.configuration.uri);
    } catch (error) {
      // Another one may have been asked for meanwhile.
      if (this.#transferring === transfer) this.#transferring = before;
      throw error;
    }
    if (other) other.#leaving = true;
  }

  /** The other side asks to call somebody else instead of it. */
  #referred(request: IncomingRequest): void {
    const referral = this.active ? referralOf(request) : null;
    if (!referral) {
      request.reply(this.active ? 400 : 491);
      return;
    }
    // Whoever calls could have this phone call numbers that cost money.
    if (!this.host.mayRefer(referral)) {
      request.reply(603);
      return;
    }
    request.reply(202, null, [this.host.agent.contactHeader]);
    const report = new ReferralReport(this.dialog!, this.host.agent.contactHeader);
    report.tell(100, 'Trying');
    const wasHeld = this.wants.held;
    const failed = (reason?: EndReason) => {
      report.tell(...statusOf(reason));
      // It was put on hold for the call that did not come about.
      if (this.active && !wasHeld) this.hold(false).catch(() => {});
    };
    this.host.refer(newToken(), {
      referral,
      told: ({ state, endReason }) => {
        if (state === 'ringing') report.tell(180, 'Ringing');
        if (state === 'active') {
          this.#leaving = true;
          report.tell(200, 'OK');
        }
        if (state === 'ended' && !this.#leaving) failed(endReason);
      },
      failed,
    });
  }

  #talking(): Negotiation {
    if (!this.#negotiation || !this.active)
      throw new SignalingError('wrong-state', 'The call is not in a state for it.');
    return this.#negotiation;
  }
}
