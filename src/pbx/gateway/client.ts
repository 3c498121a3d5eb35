/** A client that has signed in: its contact, what it was told and asked, over one socket after the other. */
import { randomUUID } from 'node:crypto';
import { PAGE_GONE_MS, ProtocolError, RESUME_MS } from '../../protocol/index.js';
import type {
  AnyEventData,
  AnyEventName,
  CheckedParams,
  EventData,
  Method,
  RequestId,
  Result,
} from '../../protocol/index.js';
import { iceServersFor } from '../accounts/index.js';
import type { SignedIn } from '../accounts/index.js';
import type { Log } from '../log.js';
import type { Contact } from '../registrar/index.js';
import { Answers } from './answers.js';
import type { Absent } from './away.js';
import { Beat } from './beat.js';
import { nextState } from './client-states.js';
import type { ClientEvent, ClientState } from './client-states.js';
import type { Properties } from './directory.js';
import { readMethod, readParams } from './envelope.js';
import type { KeptClient } from './kept-client.js';
import { METHODS } from './methods.js';
import type { Caller, SignedInMethod } from './methods.js';
import { answerText, eventText } from './outgoing.js';
import type { Outcome } from './outgoing.js';
import type { ConnectionParts } from './parts.js';
import { Replay } from './replay.js';
import { RequestLimits } from './request-limits.js';
import { ResumeSecret } from './resume-secret.js';

export type ClosingReason = EventData<'connection.closing'>['reason'];

/** The socket a client is attached to. */
export interface Line {
  /** The program at the other end, and where it is. */
  readonly program: NonNullable<Contact['client']>;
  send(text: string): void;
  /** Another socket took its place. */
  replaced(): void;
  close(reason: ClosingReason, message: string, retryAfterMs?: number): void;
}

/** Who signed in, from where. */
export interface Arrival {
  readonly signedIn: SignedIn;
  /** The origin of the page; undefined for a program. */
  readonly origin: string | undefined;
  /** What it tells others of itself. */
  readonly properties: Properties;
  /** What an earlier process knew of it. */
  readonly before?: Pick<KeptClient, 'secrets' | 'program'> & { readonly id: string };
}

/** Who looks after all clients. */
export interface ClientKeeper {
  /** The client has lost its socket and is waited for. */
  away(client: Client): void;
  /** It is there again. */
  back(client: Client): void;
  over(client: Client): void;
}

/** Prevents nothing: shared by all that wait for nothing. */
const nothing = (): void => {};
/** Of who has not been there yet. */
const NOWHERE: Line['program'] = { address: '', port: 0, userAgent: '' };

/**
 * A client is its own contact: what the parts of the phone system know of a phone. There are very many of them, and
 * nearly all are idle: none has what it does not need yet.
 */
export class Client implements Absent, Contact {
  readonly id: string;
  readonly #origin: string | undefined;
  readonly #properties: Properties;
  readonly #secret: ResumeSecret;
  readonly #replay: Replay;
  #answers: Answers;
  /** Made with the first search or message. */
  #limits: RequestLimits | null = null;
  /** Made when a page that nobody looks at asks for it. */
  #beat: Beat | null = null;
  #signedIn: SignedIn;
  #state: ClientState = 'new';
  #line: Line | null = null;
  /** The program at the other end of the latest line. */
  #program: Line['program'] = NOWHERE;
  /** It came from an earlier process, and does not know yet that this is another one. */
  #restored = false;
  /** It stays written down when it ends: the process after this one waits for it. */
  #kept = false;
  /** Events wait until the answer that says where they begin is sent. */
  #released = false;
  #stopTimer = nothing;

  constructor(
    { signedIn, origin, properties, before }: Arrival,
    private readonly parts: ConnectionParts,
    private readonly keeper: ClientKeeper,
  ) {
    this.id = before?.id ?? randomUUID();
    this.#origin = origin;
    this.#properties = properties;
    this.#secret = new ResumeSecret(before?.secrets);
    // Numbers of an earlier process mean nothing to this one, and none of them is as high.
    this.#replay = new Replay(before && parts.clock.now());
    if (before) this.#program = before.program;
    this.#signedIn = signedIn;
    this.#answers = new Answers(parts.clock);
  }

  /** Made when it is needed: nearly all the time there is nothing to say. */
  get #log(): Log {
    return this.parts.log.child({ client: this.id });
  }

  /** The number of the latest event. */
  get seq(): number {
    return this.#replay.last;
  }

  get extension(): string | null {
    const { kind, number } = this.contact.identity;
    return kind === 'extension' ? number : null;
  }

  get address(): string {
    return this.#program.address;
  }

  /** Where its calls can be delivered. */
  get contact(): Contact {
    return this;
  }

  get away(): boolean {
    return this.#state === 'waiting';
  }

  get client(): Line['program'] {
    return this.#program;
  }

  // What it may do is looked up each time, because it can change.
  get identity(): Contact['identity'] {
    return this.#signedIn.identity;
  }

  get account(): Contact['account'] {
    return this.#signedIn.account;
  }

  get rings(): string | null {
    return this.#signedIn.rings;
  }

  get hasCalls(): boolean {
    return this.parts.exchange.callsOf(this.contact).length > 0;
  }

  /**
   * Registers the phone and tells what there is; both in one go, so that no change falls between them. Events
   * follow {@link release}.
   */
  enter(line: Line): Result<'connection.open'> {
    const { identity, account } = this.#signedIn;
    this.#log.info({ kind: identity.kind, account: account.id }, 'signed in');
    this.parts.registrar.add(this.contact);
    this.parts.directory.enter(this.contact, this.#properties);
    // What is told before this line is in the snapshot.
    this.#step('enter');
    this.#line = line;
    this.#program = line.program;
    return { connectionId: this.id, ...this.#greeting(this.seq), ...this.#snapshot() };
  }

  /** Had signed in when an earlier process ran: is registered, and waited for. */
  restore(): void {
    this.#restored = true;
    this.parts.registrar.add(this.contact);
    this.parts.directory.enter(this.contact, this.#properties);
    this.#step('restore');
    this.#wait();
  }

  /**
   * Goes on over another socket, from the event after `seq`; events follow {@link release}. Null when that is not
   * this client: it is of another origin, or has another secret.
   */
  resume(
    line: Line,
    origin: string | undefined,
    { secret, seq }: CheckedParams<'connection.resume'>,
  ): Result<'connection.resume'> | null {
    if (origin !== this.#origin || !this.#secret.use(secret)) return null;
    this.#step('resume');
    this.#stopTimer();
    const before = this.#line;
    this.keeper.back(this);
    this.#line = line;
    this.#program = line.program;
    this.#released = false;
    before?.replaced();
    // Who knows nothing any more counts its requests anew, and waits for no earlier one.
    if (seq === null) this.#answers = new Answers(this.parts.clock);
    const missed = seq === null ? null : this.#replay.after(seq);
    const from = missed === null ? this.seq : (seq ?? 0);
    this.#replay.arrived(from);
    this.#log.info({ missed: missed?.length ?? 'too much' }, 'resumed');
    const snapshot = missed === null ? this.#snapshot() : null;
    return { ...this.#greeting(from), snapshot, restarted: this.#restored };
  }

  /** Tells what has happened since the answer that said where events begin, and from now on what happens. */
  release(): void {
    this.#released = true;
    for (const text of this.#replay.all()) this.#line?.send(text);
  }

  /** The socket is gone, `pageGone` with its page. The client is kept for a while, as if it were there. */
  lose(line: Line, pageGone = false): void {
    if (this.#line !== line || this.#state !== 'attached') return;
    this.#line = null;
    this.#step('lose');
    this.#log.info({ pageGone }, 'lost its socket');
    this.#wait(pageGone ? PAGE_GONE_MS : RESUME_MS);
  }

  #wait(ms = RESUME_MS): void {
    this.#stopTimer = this.parts.clock.setTimeout(() => {
      this.#log.info({}, 'did not come back');
      this.end('connection-lost');
    }, ms);
    this.keeper.away(this);
  }

  /** Too many are waited for. */
  giveUp(): void {
    this.#log.warn({ address: this.address }, 'is not waited for any longer: too many others are');
    this.end('connection-lost');
  }

  /** Tells the client why, and ends it. */
  close(reason: ClosingReason, message: string, retryAfterMs?: number): void {
    const line = this.#line;
    this.end(reason === 'signed-out' ? 'hung-up' : 'connection-lost');
    line?.close(reason, message, retryAfterMs);
  }

  /** Ends what the client was part of. */
  end(reason: 'connection-lost' | 'hung-up'): void {
    if (this.#state === 'over') return;
    this.#stopTimer();
    this.#beat?.stop();
    this.#step('end');
    this.#line = null;
    this.parts.registrar.remove(this.contact);
    this.parts.directory.leave(this.contact);
    if (!this.#kept) this.parts.live.put('client', this.id, null);
    this.parts.exchange.contactGone(this.contact, reason);
    this.keeper.over(this);
  }

  /** The accounts were replaced: who is gone from them is signed out, and what others may do is as it is now. */
  renew(): void {
    const signedIn = this.parts.accounts.renew(this.#signedIn);
    if (signedIn) this.#signedIn = signedIn;
    else this.close('account-removed', 'The account is gone or its secret has changed.');
  }

  /**
   * Carries out a request and answers it, once: one that came before is not carried out again. A notification is
   * not answered, whatever becomes of it.
   * @throws ProtocolError `invalid-request` when another request had this id.
   */
  request(id: RequestId | undefined, name: string, params: Record<string, unknown>): void {
    // Whoever asks has read the answer that brought the latest secret.
    if (this.#secret.arrived()) this.#keep();
    this.#restored = false;
    if (id === undefined || this.#answers.take(id, name, (text) => this.#line?.send(text))) {
      void this.#carryOut(id, name, params);
    }
  }

  async #carryOut(
    id: RequestId | undefined,
    name: string,
    unchecked: Record<string, unknown>,
  ): Promise<void> {
    const tasks: (() => void)[] = [];
    const answers = this.#answers;
    try {
      const method = readMethod(name);
      const params = readParams(method, unchecked);
      const outcome = this.#perform(method, params, (task) => tasks.push(task));
      // What is known at once is answered at once.
      this.#answer(answers, id, { result: outcome instanceof Promise ? await outcome : outcome });
    } catch (error) {
      this.#answer(answers, id, { error });
    }
    for (const task of tasks) task();
  }

  #perform(method: Method, params: CheckedParams<Method>, afterwards: Caller['afterwards']): unknown {
    switch (method) {
      case 'connection.open':
      case 'connection.resume':
        throw new ProtocolError('wrong-state', 'Already signed in.');
      case 'connection.ping': {
        const { seq, afterMs } = params as CheckedParams<'connection.ping'>;
        if (seq !== undefined) this.#replay.arrived(seq);
        const answer = () => ({ serverTime: this.parts.clock.now() });
        return afterMs ? (this.#beat ??= new Beat(this.parts.clock)).after(afterMs).then(answer) : answer();
      }
      case 'webphone.check': {
        const { id } = params as CheckedParams<'webphone.check'>;
        return { available: this.parts.availability.check(id, this.#program.address, this.contact) };
      }
      default:
        return this.#performSignedIn(method, params, afterwards);
    }
  }

  #performSignedIn(
    method: SignedInMethod,
    params: CheckedParams<Method>,
    afterwards: Caller['afterwards'],
  ): unknown {
    const { exchange, directory, history, messages } = this.parts;
    const caller: Caller = {
      ...{ contact: this.contact, exchange, directory, history, messages, afterwards },
      maySimulateFaults: this.parts.settings().simulateFaults,
      limitSearches: () => this.#limited().takeSearch(),
      limitMessages: () => this.#limited().takeMessage(),
      signOut: () => this.close('signed-out', 'Signed out.'),
    };
    // The table's type ties each method to its parameters; `readParams` has checked these against it.
    const handler = METHODS[method] as (caller: Caller, params: CheckedParams<Method>) => unknown;
    return handler(caller, params);
  }

  #limited(): RequestLimits {
    return (this.#limits ??= new RequestLimits(this.parts.clock));
  }

  #answer(answers: Answers, id: RequestId | undefined, outcome: Outcome): void {
    if (id === undefined || answers !== this.#answers) return;
    const text = answerText(id, outcome, this.#log);
    answers.answered(id, text);
    this.#line?.send(text);
  }

  tell<E extends AnyEventName>(name: E, data: AnyEventData<E>): void {
    if (this.#state === 'new' || this.#state === 'over') return;
    const text = eventText(this.seq + 1, name, data);
    this.#replay.add(text);
    if (this.#released) this.#line?.send(text);
  }

  #greeting(seq: number) {
    const now = this.parts.clock.now();
    const { number } = this.contact.identity;
    const resumeSecret = this.#secret.issue();
    this.#keep();
    return {
      serverTime: now,
      seq,
      iceServers: iceServersFor(number, this.parts.settings().iceServers, now),
      resumeSecret,
    };
  }

  /** Writes down what the process after this one has to know of it. */
  #keep(): void {
    const content: KeptClient = {
      signIn: this.parts.accounts.keep(this.#signedIn),
      origin: this.#origin ?? null,
      properties: { ...this.#properties },
      secrets: this.#secret.hashes,
      program: this.#program,
    };
    this.parts.live.put('client', this.id, content);
  }

  #snapshot() {
    const { registrar, exchange } = this.parts;
    const { contact } = this;
    return {
      identity: contact.identity,
      calls: exchange.callsOf(contact),
      sessions: exchange.sessionsFor(contact),
      extensions: contact.identity.kind === 'line' ? [] : registrar.list(),
    };
  }

  #step(event: ClientEvent): void {
    const next = nextState(this.#state, event);
    if (next === null) throw new ProtocolError('wrong-state', 'This client is gone.');
    this.#state = next;
  }
}
