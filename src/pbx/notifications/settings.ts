/** What can be configured about notifications; read anew for each, so that it can change while the phone system runs. */
export interface NotificationSettings {
  /** How long one attempt may take, from looking the host up to the last byte of the answer. */
  readonly timeoutMs: number;
  /** How often a notification that carries no decision is sent again when it fails. */
  readonly retries: number;
  readonly maxAnswerBytes: number;
  /** Hosts, addresses, networks and `loopback` that commands and scripts may name though they are not public. */
  readonly allowTargets: readonly string[];
  /** The value of an `Authorization` header, for the administrator's own sites. */
  readonly authorization?: string | undefined;
  /** What notifications to the administrator's own sites are signed with. */
  readonly secret?: string | undefined;
  /** Addresses of the configuration: when a command or a script names one of these origins, it is an own site too. */
  readonly ownSites?: readonly string[] | undefined;
}

export const NOTIFICATION_DEFAULTS = {
  timeoutMs: 5000,
  retries: 3,
  maxAnswerBytes: 1_048_576,
  allowTargets: [],
} as const satisfies NotificationSettings;
