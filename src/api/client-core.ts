import type {
  ConnectionState as LinkState,
  Extension as ExtensionData,
  PhoneControl,
  PhoneHandle,
  PhoneNews,
  Problem,
  Session as SessionData,
  User as UserData,
  WebClient,
} from '../phone/index.js';
import { CallBook } from './call-book.js';
import { camerasListed } from './camera-list.js';
import { ClientRoster } from './client-roster.js';
import { ConnectionWatch } from './connection-watch.js';
import { asOzError, badArgument, problemError, type OzError } from './errors.js';
import { Extension } from './extension.js';
import { Listenings } from './listenings.js';
import { cameraFailures } from './oz-camera.js';
import { Roster } from './roster.js';
import { Session } from './session.js';
import { Topic, type Handler } from './topic.js';
import { User } from './user.js';

/**
 * What an `OzWebClient` and the objects it hands out share: the phone, what is known of the phone system, and
 * the ways to tell the page.
 */
export class ClientCore {
  readonly phone: PhoneHandle;
  readonly errors = new Topic<[OzError]>();
  readonly connection = new ConnectionWatch();
  readonly calls = new CallBook(this);
  readonly clients = new ClientRoster();
  readonly sessions: Roster<SessionData, Session>;
  readonly extensions: Roster<ExtensionData, Extension>;
  readonly users: Roster<UserData, User>;
  readonly listenings = new Listenings(() => this.control());
  /** What the page wants; null for what the phone system says. */
  legacyWanted: boolean | null = null;

  #link: LinkState | null = null;
  #legacy = false;
  /** Counts sign-ins, so that an earlier one that is still being prepared is given up. */
  #turn = 0;
  #granted = false;
  #problem: Problem | null;
  /** A problem of the phone that may turn out to be the failure of a command of this API. */
  #unclaimed: Problem | null = null;
  #listeningTo: PhoneControl | null = null;

  constructor(phone: PhoneHandle) {
    this.phone = phone;
    this.sessions = new Roster((data) => new Session(data, this));
    this.extensions = new Roster((data) => new Extension(data, this.extensions.come, this.#raise));
    this.users = new Roster((data) => new User(data, this.users.come));
    this.#problem = phone.getState().problem;
    cameraFailures.add(this.#raise);
    phone.subscribe(this.#changed);
    this.#changed();
  }

  get granted(): boolean {
    return this.#granted;
  }

  get legacySessionStates(): boolean {
    return this.legacyWanted ?? this.#legacy;
  }

  /** The phone system's clock. */
  now(): number {
    return Date.now() + this.phone.getState().clockOffset;
  }

  /** The part of the phone that controls the phone system. */
  async control(): Promise<PhoneControl> {
    const control = await this.phone.control();
    if (this.#listeningTo !== control) {
      this.#listeningTo = control;
      control.onNews((news) => this.#hear(news));
    }
    return control;
  }

  /** Runs a method of the API; its failure is told to the page. */
  run(method: string, work: () => Promise<unknown>): void {
    const failed = (error: unknown) => {
      const code = (error as { code?: unknown }).code;
      // The phone said the same already, and without the method.
      if (this.#unclaimed?.code === code) this.#unclaimed = null;
      this.fail(error, method);
    };
    try {
      work().catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** Tells the page of a failure. */
  fail(error: unknown, method: string): void {
    this.#raise(asOzError(error, method));
  }

  /** Registers a function of the page for an event. */
  register<A extends readonly unknown[]>(method: string, topic: Topic<A>, callback: Handler<A>): void {
    if (typeof callback === 'function') topic.add(callback);
    else this.#raise(badArgument('callback', method));
  }

  readonly #raise = (error: OzError): void => this.errors.raise(error);

  readonly #changed = (): void => {
    const { connection, problem, calls } = this.phone.getState();
    if (connection !== this.#link) {
      const before = this.#link?.status ?? 'signed-out';
      this.#link = connection;
      if (connection.status === 'connected') {
        if (before !== 'connected') void this.#prepare();
      } else {
        this.#turn++;
        this.#granted = false;
        this.connection.follow(connection);
        if (connection.status === 'signed-out') this.#forget();
      }
    }
    if (problem !== this.#problem) {
      this.#problem = problem;
      this.#report(problem!);
    }
    this.calls.update(calls, this.#granted);
  };

  /** Signed in: gets to know what there is, then tells the page that it may begin, then of everything. */
  async #prepare(): Promise<void> {
    const turn = ++this.#turn;
    let users: readonly UserData[] = [];
    let clients: readonly WebClient[] = [];
    await camerasListed;
    const can = this.phone.getState().capabilities;
    if (can?.control || can?.messages) {
      try {
        const control = await this.control();
        if (can.control) ({ users, clients, legacySessionStates: this.#legacy } = await control.watch());
      } catch (error) {
        if (turn !== this.#turn) return;
        this.#unclaimed = null;
        this.fail(error, 'connect');
      }
    }
    if (turn !== this.#turn) return;
    const { sessions, extensions, calls } = this.phone.getState();
    const tell = [
      this.extensions.reset(extensions),
      this.users.reset(users),
      this.clients.reset(clients),
      this.sessions.reset(sessions),
    ];
    this.#granted = true;
    this.connection.enter('ACCESS_GRANTED', '');
    if (turn !== this.#turn) return;
    for (const each of tell) each();
    this.calls.update(calls, true);
  }

  #hear(news: PhoneNews): void {
    if (news.type === 'listening-ended') this.listenings.ended(news.callId);
    // What happens before is in what `prepare` learns.
    if (!this.#granted) return;
    switch (news.type) {
      case 'session': {
        const { session, closed } = news;
        if (!closed) this.sessions.put(session);
        else {
          this.sessions.get(session.id)?.end();
          this.sessions.remove(session.id, session);
        }
        break;
      }
      case 'extension':
        this.extensions.put(news.extension);
        break;
      case 'extension-removed':
        this.extensions.remove(news.id);
        break;
      case 'user':
        this.users.put(news.user);
        break;
      case 'user-removed':
        this.users.remove(news.id);
        break;
      case 'client':
        this.clients.put(news.client);
        break;
      case 'message': {
        const { callId, text, id, from, at } = news.message;
        this.calls.receive(callId, text, { id, from, at });
        break;
      }
    }
  }

  /** Tells of a problem of the phone, unless a command of this API turns out to have failed with it. */
  #report(problem: Problem): void {
    this.#unclaimed = problem;
    setTimeout(() => {
      if (this.#unclaimed !== problem) return;
      this.#unclaimed = null;
      this.#raise(problemError(problem.code, ''));
    });
    if (problem.code === 'playback-blocked') this.#resumeWithNextClick();
  }

  #resumeWithNextClick(): void {
    const resume = () => void this.phone.resumePlayback();
    for (const gesture of ['click', 'keydown']) {
      globalThis.document?.addEventListener(gesture, resume, { once: true, capture: true });
    }
  }

  #forget(): void {
    for (const roster of [this.sessions, this.extensions, this.users, this.clients]) roster.clear();
  }
}
