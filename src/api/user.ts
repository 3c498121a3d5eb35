import type { User as UserData } from '../phone/index.js';
import type { Topic } from './topic.js';
import { UPDATE, type Updatable } from './roster.js';

/** A user of the phone system. Comes with `OzWebClient.onUserInfoReceived`; pages do not make one. */
export class User implements Updatable<UserData> {
  #data: UserData;
  readonly #informed: Topic<[User]>;

  /** @internal */
  constructor(data: UserData, informed: Topic<[User]>) {
    this.#data = data;
    this.#informed = informed;
  }

  get id(): string {
    return this.#data.id;
  }

  /** The user's full name. */
  get name(): string {
    return this.#data.fullName;
  }

  get fullName(): string {
    return this.#data.fullName;
  }

  get emailAddress(): string {
    return this.#data.emailAddress;
  }

  get phoneNumber(): string {
    return this.#data.phoneNumber;
  }

  get mobileNumber(): string {
    return this.#data.mobileNumber;
  }

  /** The ids of the extensions on this user's desk. */
  get extensions(): string[] {
    return [...this.#data.extensions];
  }

  /** As {@link id}. */
  get Id(): string {
    return this.id;
  }

  /** As {@link name}. */
  get Name(): string {
    return this.name;
  }

  /** As {@link fullName}. */
  get FullName(): string {
    return this.fullName;
  }

  /** As {@link emailAddress}. */
  get EmailAddress(): string {
    return this.emailAddress;
  }

  /** As {@link phoneNumber}. */
  get PhoneNumber(): string {
    return this.phoneNumber;
  }

  /** As {@link mobileNumber}. */
  get MobileNumber(): string {
    return this.mobileNumber;
  }

  /** As {@link extensions}. */
  get Extensions(): string[] {
    return this.extensions;
  }

  /** @internal */
  [UPDATE](data: UserData): () => void {
    const changed = JSON.stringify(data) !== JSON.stringify(this.#data);
    this.#data = data;
    return () => changed && this.#informed.raise(this);
  }
}
