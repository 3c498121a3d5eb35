import type { MediaError } from '../media/media-error.js';
import type { MediaPort } from '../media/port.js';
import type { Description, SignalingEvent, SignalingPort } from '../signaling/port.js';
import type { CallCameras } from './call-cameras.js';
import type { CallCare } from './call-care.js';
import { CallDesk } from './call-desk.js';
import { preparedCall } from './calls.js';
import type { PhoneControl } from './control/control.js';
import type { ControllingPhone } from './control/phone-control.js';
import type { DeviceCheck } from './device-check/device-check.js';
import { endReason, Failures } from './failures.js';
import { PHONE_MARK, type ConnectOptions, type DialOptions, type PhoneHandle } from './handle.js';
import { greet, hear } from './hear.js';
import { isKept } from '../page/kept.js';
import type { Line } from './line.js';
import { Link } from './link.js';
import type { Recovery } from './recovery/recovery.js';
import { newId } from './new-id.js';
import { normaliseDigits, normaliseNumber } from './number.js';
import type { SessionBook } from './session-book.js';
import { once } from './once.js';
import type { ConnectionState, PhoneCall, PhoneState } from './state.js';
import { Store } from './store.js';

/** What a phone is made of; a test may put in its own. */
export interface PhoneParts {
  readonly signaling: (server: string) => Promise<SignalingPort>;
  readonly media: (observer: {
    microphoneLost(problem: MediaError | null): void;
    cameraLost(problem: MediaError | null): void;
  }) => MediaPort;
}

/** From so many sessions on, their changes are gathered. */
const MANY_SESSIONS = 200;

/** The phone: commands over one store, one link and the calls on the desk. */
export class Phone implements PhoneHandle {
  readonly [PHONE_MARK] = true;
  readonly #store = new Store();
  readonly #media: MediaPort;
  readonly #link: Link;
  readonly #desk: CallDesk;
  readonly #failures = new Failures(this.#store);
  #cameras: CallCameras | undefined;
  #controlling: ControllingPhone | undefined;
  /** Gathers changes of sessions; null while it is loaded. */
  #book: SessionBook | null | undefined;
  #caring: CallCare | undefined;
  #self: MediaStream | null = null;
  #recovery: Promise<Recovery> | undefined;

  constructor(parts: PhoneParts) {
    this.#media = parts.media({
      microphoneLost: (problem) => this.#store.report(problem?.code ?? 'microphone-changed'),
      cameraLost: (problem) => {
        if (!problem) return;
        this.#cameras?.lost();
        this.#store.report(problem.code);
      },
    });
    this.#link = new Link(parts.signaling, {
      changed: (connection) => this.#connectionChanged(connection),
      returning: ({ resume = true, ...options }) =>
        resume && isKept()
          ? import('./recovery/returning.js').then(({ Returning }) => Returning.claim(options))
          : null,
      expired: (returning) => returning.expired(this.#desk),
      opened: (welcome, capabilities, returning) => {
        greet(welcome, capabilities, this.#store, this.#desk, returning);
        returning?.done(welcome, this.#desk, this.#link.port);
      },
      event: (event) => this.#hear(event),
      urgent: () => this.#store.state.calls.some(({ state }) => state !== 'ended'),
      gone: () => {
        this.#desk.endAll('connection-lost');
        this.#controlling?.gone();
        this.#store.set({ sessions: [], extensions: [] });
      },
    });
    this.#desk = new CallDesk(
      this.#store,
      this.#media,
      () => this.#link.port,
      // Without that part a call is no worse.
      (id, line) =>
        void this.#care().then(
          (care) => care.up(id, line),
          () => {},
        ),
    );
  }

  readonly control: () => Promise<PhoneControl> = once(async () => {
    const { ControllingPhone } = await import('./control/phone-control.js');
    return (this.#controlling = new ControllingPhone({
      media: this.#media,
      desk: this.#desk,
      settle: () => this.#book?.tell(),
      port: () => this.#port(null),
      number: (text) => this.#number(text),
      failed: (error, callId) => this.#failures.of(error, callId),
      setCamera: (callId, on) => this.setCamera(callId, on),
    }));
  });

  readonly deviceCheck: () => Promise<DeviceCheck> = once(async () => {
    const { DeviceChecker } = await import('./device-check/device-checker.js');
    return DeviceChecker.open(this.#media, (await this.#care()).devices, this.#store, this.#failures);
  });

  readonly #care = once(async () => {
    const { CallCare } = await import('./call-care.js');
    return (this.#caring = await CallCare.begin(this.#store, this.#media, this.#desk));
  });

  getState(): PhoneState {
    return this.#store.state;
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  connect(options: ConnectOptions): Promise<void> {
    return this.#link.connect(options);
  }

  async disconnect(): Promise<void> {
    this.#desk.endAll('hung-up');
    await this.#link.disconnect();
  }

  retry(): void {
    this.#link.retry();
  }

  async dial(to: string, { video = false, camera = video, id = newId() }: DialOptions = {}): Promise<string> {
    const number = this.#number(to, this.#store.state.identity?.kind === 'line');
    return this.#place(id, 'outgoing', number, camera, (port, callId, offer) =>
      port.startCall({ callId, to: number, offer, video }),
    );
  }

  async pickUp(extension: string): Promise<string> {
    const number = this.#number(extension);
    return this.#place(newId(), 'incoming', number, false, (port, callId, offer) =>
      port.pickUp(callId, number, offer),
    );
  }

  async accept(callId: string, { video = false }: { video?: boolean } = {}): Promise<void> {
    const call = this.#call(callId);
    if (call.direction !== 'incoming' || call.state !== 'ringing' || call.pending) {
      throw this.#failures.problem('wrong-state', callId);
    }
    await this.#command(callId, 'accept', async (port) => {
      const line = this.#desk.open(callId);
      line.sent = true;
      this.#desk.select(callId);
      try {
        await Promise.race([line.over, this.#prepare(callId, line, video)]);
        await port.accept(callId, line.media.takeDescription(), video);
      } catch (error) {
        this.#desk.close(callId);
        throw error;
      }
    });
  }

  reject(callId: string): Promise<void> {
    return this.#command(callId, 'reject', (port) => port.reject(callId));
  }

  ignore(callId: string): void {
    this.#desk.patch(callId, { ignored: true });
  }

  async forward(callId: string, to: string): Promise<void> {
    const number = this.#number(to);
    return this.#command(callId, 'forward', (port) => port.forward(callId, number));
  }

  async hangUp(callId: string): Promise<void> {
    const { state, direction, pending } = this.#call(callId);
    if (direction === 'incoming' && state === 'ringing' && pending !== 'accept') return this.reject(callId);
    if (state === 'preparing' && !this.#desk.lines.get(callId)?.sent) {
      this.#desk.end(callId, 'cancelled');
      return;
    }
    await this.#command(callId, 'hang-up', async (port) => {
      // While the phone system is looked for, the person is out at once, and it hears of that later.
      if (!this.#connected) this.#desk.end(callId, 'hung-up');
      try {
        await port.hangUp(callId);
      } finally {
        // Whether or not the phone system answered: the person is out of this call.
        this.#desk.end(callId, 'hung-up');
      }
    });
  }

  hold(callId: string): Promise<void> {
    return this.#command(callId, 'hold', (port) => port.hold(callId));
  }

  unhold(callId: string): Promise<void> {
    return this.#command(callId, 'unhold', (port) => port.unhold(callId));
  }

  async swapTo(callId: string): Promise<void> {
    const { heldLocally } = this.#call(callId);
    await this.#holdOthers(callId);
    this.#desk.select(callId);
    if (heldLocally) await this.unhold(callId);
  }

  async transfer(callId: string, to: string): Promise<void> {
    const number = this.#number(to);
    return this.#command(callId, 'transfer', (port) => port.transfer(callId, number));
  }

  async consult(callId: string, to: string): Promise<string> {
    const number = this.#number(to);
    if (!this.#call(callId).heldLocally) await this.hold(callId);
    return this.dial(number);
  }

  async join(callId: string, consultCallId: string): Promise<void> {
    this.#call(consultCallId);
    return this.#command(callId, 'join', (port) => port.join(callId, consultCallId));
  }

  setMuted(callId: string, muted: boolean): void {
    this.#desk.patch(callId, { muted });
    this.#desk.lines.get(callId)?.media.setMuted(muted);
  }

  async sendDigits(callId: string, digits: string): Promise<void> {
    const tones = normaliseDigits(digits);
    if (!tones) throw this.#failures.problem('invalid-number', callId);
    const line = this.#desk.lines.get(callId);
    if (!line) throw this.#failures.problem('wrong-state', callId);
    await line.media
      .sendDigits(tones, (digit) => this.playKey(digit))
      .catch(() => {
        throw this.#failures.problem('wrong-state', callId);
      });
  }

  async setCamera(callId: string, on: boolean): Promise<void> {
    if (this.#call(callId).state === 'ended' || !this.#desk.lines.has(callId)) {
      throw this.#failures.problem('wrong-state', callId);
    }
    await this.#withCameras(callId, (cameras) => cameras[on ? 'on' : 'off'](callId));
  }

  async switchCamera(): Promise<void> {
    await this.#withCameras(null, async () => {
      const camera = await (await this.#media.camera()).switch();
      (await this.#care()).devices.set({ camera });
    });
  }

  select(callId: string): void {
    this.#desk.select(callId);
  }

  dismiss(callId: string): void {
    this.#desk.dismiss(callId);
  }

  holdSession(sessionId: string): Promise<void> {
    return this.#command(null, 'hold', (port) => port.holdSession(sessionId));
  }

  unholdSession(sessionId: string): Promise<void> {
    return this.#command(null, 'unhold', (port) => port.unholdSession(sessionId));
  }

  closeSession(sessionId: string): Promise<void> {
    return this.#command(null, 'close', (port) => port.closeSession(sessionId));
  }

  async transferSession(sessionId: string, transferor: 'caller' | 'callee', to: string): Promise<void> {
    const number = this.#number(to);
    return this.#command(null, 'transfer', (port) => port.transferSession(sessionId, transferor, number));
  }

  async chooseDevice(kind: 'microphone' | 'speaker' | 'ringer' | 'camera', id: string): Promise<void> {
    try {
      await (await this.#care()).devices.choose(kind, id);
    } catch (error) {
      throw this.#failures.of(error, null);
    }
  }

  pictures(callId: string): { readonly remote: MediaStream | null; readonly local: MediaStream | null } {
    const call = this.#desk.call(callId);
    const picture = this.#desk.lines.get(callId)?.media.picture ?? null;
    return {
      remote: call?.remoteVideo ? picture : null,
      local: call?.camera === 'on' ? this.#self : null,
    };
  }

  async resumePlayback(): Promise<void> {
    await Promise.all([...this.#desk.lines.values()].map(({ media }) => media.play()));
  }

  playKey(key: string): void {
    this.#media.tones.key(key, this.#store.state.devices.speaker);
  }

  async dispose(): Promise<void> {
    const left = this.disconnect();
    this.#desk.clear();
    this.#caring?.devices.close();
    void this.#recovery?.then((recovery) => recovery.stop());
    this.#media.close();
    this.#store.close();
    await left;
  }

  /** Makes a call of this phone's own: microphone and offer side by side, then `send`. */
  async #place(
    id: string,
    direction: PhoneCall['direction'],
    number: string,
    camera: boolean,
    send: (port: SignalingPort, callId: string, offer: Description) => Promise<void>,
  ): Promise<string> {
    const port = this.#port(null);
    this.#desk.put(preparedCall(id, direction, number, Date.now()), true);
    try {
      const line = this.#desk.open(id);
      await Promise.race([line.over, this.#prepare(id, line, camera)]);
      line.sent = true;
      await send(port, id, line.media.takeDescription());
    } catch (error) {
      const failure = this.#failures.of(error, id);
      this.#desk.end(id, endReason(failure));
      throw failure;
    }
    return id;
  }

  /**
   * Gets everything ready that goes out with a call. Nobody's phone rings for a microphone that may be refused;
   * one that was allowed before joins when it is open, and the call does not wait for it.
   */
  async #prepare(id: string, line: Line, camera: boolean): Promise<void> {
    const microphone = this.#media.microphone.attach(line.microphone);
    const allowed = this.#media.microphoneAllowed();
    const ready = microphone.catch(async (error: unknown) => {
      if (!(await allowed) || line.closed) throw error;
      this.#desk.drop(id, endReason(this.#failures.of(error, id)));
    });
    ready.catch(() => {});
    // A camera that cannot be had is the camera's state, not the call's.
    if (camera) void this.setCamera(id, true).catch(() => {});
    await Promise.all([
      this.#desk.describe(id, line),
      this.#holdOthers(id),
      allowed.then((yes) => (yes ? undefined : ready)),
    ]);
  }

  /** One conversation at a time: holds every other active call. */
  async #holdOthers(id: string): Promise<void> {
    const others = this.#store.state.calls.filter(
      (call) => call.id !== id && call.state === 'active' && !call.heldLocally,
    );
    await Promise.all(
      others.map((other) =>
        this.hold(other.id).catch((error: unknown) => {
          // One that ended meanwhile is in nobody's way.
          if (this.#desk.call(other.id)?.state === 'active') throw error;
        }),
      ),
    );
  }

  /** Runs a command of the phone system; for a call, it stands in its `pending` meanwhile. */
  async #command(
    callId: string | null,
    name: string,
    run: (port: SignalingPort) => Promise<void>,
  ): Promise<void> {
    if (callId !== null) this.#call(callId);
    const port = this.#port(callId);
    if (callId !== null) this.#desk.patch(callId, { pending: name });
    try {
      await run(port);
    } catch (error) {
      throw this.#failures.of(error, callId);
    } finally {
      if (callId !== null && this.#desk.call(callId)?.pending === name)
        this.#desk.patch(callId, { pending: null });
    }
  }

  async #withCameras(callId: string | null, run: (cameras: CallCameras) => Promise<void>): Promise<void> {
    try {
      const [{ CallCameras }, camera] = await Promise.all([
        import('./call-cameras.js'),
        this.#media.camera(),
      ]);
      this.#self = camera.stream;
      this.#cameras ??= new CallCameras(this.#desk, () => this.#link.port);
      await this.#cameras.use(camera);
      await run(this.#cameras);
    } catch (error) {
      throw this.#failures.of(error, callId);
    }
  }

  #hear(event: SignalingEvent): void {
    if (event.type === 'session' && this.#book) this.#book.hear(event);
    else hear(event, this.#store, this.#desk);
    if (this.#book === undefined && this.#store.state.sessions.length > MANY_SESSIONS) {
      this.#book = null;
      // Without it each change is told by itself: slower, and as right.
      import('./session-book.js').then(
        ({ SessionBook }) => (this.#book = new SessionBook(this.#store)),
        console.warn,
      );
    }
    if (event.type === 'call' && event.call.kind === 'call') {
      // Only an answered call has somebody to tell.
      this.#cameras?.tell(event.call.id).catch((error: unknown) => this.#failures.of(error, event.call.id));
    }
    this.#controlling?.hear(event);
  }

  #connectionChanged(connection: ConnectionState): void {
    const gone = connection.status === 'signed-out' || connection.status === 'refused';
    this.#store.set({ connection, ...(gone && { identity: null, capabilities: null }) });
    if (this.#recovery || gone || connection.status === 'connecting') return;
    this.#recovery = import('./recovery/recovery.js').then(
      ({ Recovery }) =>
        new Recovery({ link: this.#link, store: this.#store, desk: this.#desk, media: this.#media }),
    );
    // A part that could not be loaded is asked for again the next time.
    this.#recovery.catch(() => (this.#recovery = undefined));
  }

  #call(id: string): PhoneCall {
    const call = this.#desk.call(id);
    if (!call) throw this.#failures.problem('not-found', id);
    return call;
  }

  get #connected(): boolean {
    return this.#store.state.connection.status === 'connected';
  }

  /** The link; what concerns a call there is waits in it, and new things begin only when it is there. */
  #port(callId: string | null): SignalingPort {
    const { port } = this.#link;
    if (!port || (callId === null && !this.#connected))
      throw this.#failures.problem(this.#store.state.connection.problem ?? 'unreachable', callId);
    return port;
  }

  /** A number as it is dialled. */
  #number(text: string, mayBeEmpty = false): string {
    const number = normaliseNumber(text);
    if (number === null) throw this.#failures.problem('invalid-number', null);
    if (!number && !mayBeEmpty) throw this.#failures.problem('empty-number', null);
    return number;
  }
}
