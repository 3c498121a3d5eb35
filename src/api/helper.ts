import type { ClientCore } from './client-core.js';
import { badArgument, problemError } from './errors.js';
import type { Extension } from './extension.js';
import { historyInfo, historyQuery, type CallHistoryFilters, type CallHistoryInfo } from './history.js';
import type { Session } from './session.js';
import { meansState } from './session-states.js';
import type { Topic } from './topic.js';
import type { User } from './user.js';

/**
 * Looks up what the client knows: `OzWebClient.helper`. Everything is known when `ACCESS_GRANTED` is raised, and
 * nothing before.
 */
export class Helper {
  readonly #core: ClientCore;
  readonly #historyReceived: Topic<[CallHistoryInfo]>;

  /** @internal */
  constructor(core: ClientCore, historyReceived: Topic<[CallHistoryInfo]>) {
    this.#core = core;
    this.#historyReceived = historyReceived;
  }

  /** The sessions an extension is a party of. */
  getActiveCallsOfExtension(extensionId: string): Session[] {
    const id = text(extensionId);
    return this.#core.sessions
      .list()
      .filter(({ caller, callee, source, destination }) =>
        [caller, callee, source, destination].includes(id),
      );
  }

  /** The sessions any extension of a user is a party of. */
  getActiveCallsOfUser(userId: string): Session[] {
    const extensions = this.getUserById(userId)?.extensions ?? [];
    return [...new Set(extensions.flatMap((id) => this.getActiveCallsOfExtension(id)))];
  }

  /** The session of that id, or null. */
  getActiveSessionById(sessionId: string): Session | null {
    return this.#core.sessions.get(text(sessionId));
  }

  /** The sessions in a state, in the words of either API generation. */
  getActiveSessionsBySessionState(sessionState: string): Session[] {
    return this.#core.sessions.list().filter((session) => meansState(session.rawState, text(sessionState)));
  }

  /**
   * Starts a query of the calls an extension took part in; its result comes with
   * `OzWebClient.onCallHistoryInfoReceived`.
   *
   * @param properties Filters, as of `OzWebClient.getCallHistory`.
   */
  getCallHistoryOfExtension(extensionId: string, properties?: CallHistoryFilters): void {
    this.#core.run('getCallHistoryOfExtension', async () => {
      const extension = text(extensionId);
      if (!extension) throw badArgument('extensionId', 'getCallHistoryOfExtension');
      await this.query({ ...historyQuery(properties, 'getCallHistoryOfExtension'), extension });
    });
  }

  /** The extension of that id, or null. */
  getExtensionById(id: string): Extension | null {
    return this.getExtensions().find((extension) => extension.id === text(id)) ?? null;
  }

  getExtensions(): Extension[] {
    return this.#core.extensions.list().filter(({ isOutsideLine }) => !isOutsideLine);
  }

  /** The extensions of a type, in any case. */
  getExtensionsByType(extensionType: string): Extension[] {
    return this.getExtensions().filter(({ type }) => same(type, extensionType));
  }

  /** The outside line of that id, or null. */
  getOutsideLineById(id: string): Extension | null {
    return this.getOutsideLines().find((line) => line.id === text(id)) ?? null;
  }

  getOutsideLines(): Extension[] {
    return this.#core.extensions.list().filter(({ isOutsideLine }) => isOutsideLine);
  }

  /** The outside lines of a type, in any case. */
  getOutsideLinesByType(outsideLineType: string): Extension[] {
    return this.getOutsideLines().filter(({ type }) => same(type, outsideLineType));
  }

  /**
   * The user who has an extension, or null. Without the privilege `users` only one's own user is known; for
   * another extension this is told by `onErrorOccured`, too.
   */
  getUserByExtension(extensionId: string): User | null {
    const user = this.#core.users.list().find(({ extensions }) => extensions.includes(text(extensionId)));
    const { identity, capabilities } = this.#core.phone.getState();
    if (
      !user &&
      identity &&
      !identity.privileges.includes('users') &&
      identity.number !== text(extensionId)
    ) {
      const [reason, message] = capabilities?.control
        ? (['forbidden', 'Users are known only to those who have the privilege "users".'] as const)
        : (['unsupported', 'This phone system tells nothing of users.'] as const);
      this.#core.fail(problemError(reason, 'getUserByExtension', message), 'getUserByExtension');
    }
    return user ?? null;
  }

  /** The user of that id, or null. */
  getUserById(userId: string): User | null {
    return this.#core.users.get(text(userId));
  }

  /** @internal */
  async query(query: ReturnType<typeof historyQuery>): Promise<void> {
    const page = await (await this.#core.control()).history(query);
    this.#historyReceived.raise(historyInfo(page, query, this.#core.legacySessionStates));
  }
}

/** Pages pass ids as texts or as numbers. */
function text(id: unknown): string {
  return String((id as string | null | undefined) ?? '');
}

function same(one: string, other: unknown): boolean {
  return one.toLowerCase() === text(other).toLowerCase();
}
