import type { Extension as ExtensionData } from '../phone/index.js';
import { badArgument, type OzError } from './errors.js';
import { UPDATE, type Updatable } from './roster.js';
import { Topic, type Handler } from './topic.js';

/** What an extension is doing: `offline` (no phone signed in), `idle`, `ringing` or `busy`. */
export type ExtensionStatus = ExtensionData['status'];

/**
 * An extension or outside line. Comes with `OzWebClient.onExtensionInfoReceived`; pages do not make one.
 */
export class Extension implements Updatable<ExtensionData> {
  #data: ExtensionData;
  readonly #informed: Topic<[Extension]>;
  readonly #fail: (error: OzError) => void;
  readonly #statusChanged = new Topic<[Extension, ExtensionStatus]>();

  /** @internal */
  constructor(data: ExtensionData, informed: Topic<[Extension]>, fail: (error: OzError) => void) {
    this.#data = data;
    this.#informed = informed;
    this.#fail = fail;
  }

  /** The number of an extension, the name of an outside line. */
  get id(): string {
    return this.#data.id;
  }

  /** The name to show. */
  get name(): string {
    return this.#data.name;
  }

  /** The product's word for what it is, for example `Webphone` or `Webphone outside line`. */
  get type(): string {
    return this.#data.type;
  }

  get status(): ExtensionStatus {
    return this.#data.status;
  }

  /** Whether this is an outside line. */
  get isOutsideLine(): boolean {
    return this.#data.kind === 'line';
  }

  /** As {@link id}. */
  get Id(): string {
    return this.id;
  }

  /** As {@link name}. */
  get Name(): string {
    return this.name;
  }

  /** As {@link type}. */
  get Type(): string {
    return this.type;
  }

  /** As {@link status}. */
  get Status(): ExtensionStatus {
    return this.status;
  }

  /** Occurs when the status has changed: `callback(extension, status)`. */
  onExtensionStatusChanged(callback: Handler<[extension: Extension, status: ExtensionStatus]>): void {
    if (typeof callback === 'function') this.#statusChanged.add(callback);
    else this.#fail(badArgument('callback', 'onExtensionStatusChanged'));
  }

  /** @internal */
  [UPDATE](data: ExtensionData): () => void {
    const before = this.#data;
    this.#data = data;
    return () => {
      if (data.name !== before.name || data.type !== before.type) this.#informed.raise(this);
      if (data.status !== before.status) this.#statusChanged.raise(this, data.status);
    };
  }
}
