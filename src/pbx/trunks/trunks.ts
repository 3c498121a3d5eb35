/** All outside lines of type SIP. */
import type { Settings } from '../config/settings.js';
import type { Line } from '../exchange/index.js';
import { Trunk } from './trunk.js';
import type { TrunkParts, TrunkStatus } from './trunk.js';

export class Trunks {
  #trunks = new Map<string, Trunk>();
  readonly #stopping = new Set<Promise<void>>();

  constructor(private readonly parts: TrunkParts) {}

  /** The lines, for the exchange. */
  get lines(): readonly Line[] {
    return [...this.#trunks.values()];
  }

  /** How each line is. */
  get statuses(): TrunkStatus[] {
    return [...this.#trunks.values()].map(({ status }) => status);
  }

  /** Works with other settings from now on. Lines that stay as they are keep their calls. */
  reconfigure({ outsideLines, publicIp }: Pick<Settings, 'outsideLines' | 'publicIp'>): void {
    const before = this.#trunks;
    const started: Trunk[] = [];
    this.#trunks = new Map();
    for (const line of outsideLines) {
      if (line.type !== 'sip') continue;
      const there = before.get(line.id);
      const same = there?.update(line) ? there : null;
      const trunk = same ?? new Trunk(line, publicIp, this.parts);
      if (!same) started.push(trunk);
      this.#trunks.set(line.id, trunk);
    }
    for (const [id, trunk] of before) if (this.#trunks.get(id) !== trunk) this.#stop(trunk);
    // One that takes another's place may need its port.
    void Promise.all([...this.#stopping]).then(() => {
      for (const trunk of started) if (this.#trunks.get(trunk.account.id) === trunk) trunk.start();
    });
  }

  /** Signs off everywhere. Resolves when the servers know, or after a second. */
  async close(): Promise<void> {
    for (const trunk of this.#trunks.values()) this.#stop(trunk);
    this.#trunks.clear();
    await Promise.all([...this.#stopping]);
  }

  #stop(trunk: Trunk): void {
    const stopping = trunk.stop().finally(() => this.#stopping.delete(stopping));
    this.#stopping.add(stopping);
  }
}
