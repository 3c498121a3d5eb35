/** The commands of a phone that another tab has: they are carried out there, and answered. */
import type { DeviceCheck } from '../device-check/device-check.js';
import type { PhoneControl, PhoneNews } from '../control/control.js';
import type { Directory } from '../../signaling/control-port.js';
import { PhoneError, type PhoneHandle } from '../handle.js';
import type { PhoneCall, ProblemCode } from '../state.js';
import { COMMANDS, CONTROL_COMMANDS, type CommandName, type ControlCommandName } from './commands.js';
import type { FollowerMessage, LeaderMessage } from './messages.js';

type Kind = Extract<FollowerMessage, { type: 'command' }>['of'];
type Waiting = { resolve(value: unknown): void; reject(error: PhoneError): void };
type Commands = Pick<PhoneHandle, CommandName>;

/** These need what only the tab has where the person is: its microphone, its screen, a click. */
const HERE = ['dial', 'accept', 'pickUp'] as const;

export interface RemoteParts {
  /** This tab's phone as it is by itself. */
  readonly own: PhoneHandle;
  send(command: { id: number; of: Kind; name: string; args: unknown[] }): void;
  takeOver(): Promise<void>;
}

export class Remote {
  readonly #parts: RemoteParts;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(news: PhoneNews) => void>();
  #last = 0;
  #directory: Directory = { users: [], clients: [], legacySessionStates: false };
  readonly #control: PhoneControl;

  constructor(parts: RemoteParts) {
    this.#parts = parts;
    this.#control = this.#controlThere();
  }

  /** What of the phone is done otherwise while another tab has it. */
  commands(): Partial<PhoneHandle> {
    const { takeOver, own } = this.#parts;
    const there = Object.fromEntries(
      Object.keys(COMMANDS).map((name) => [name, (...args: unknown[]) => this.#ask('phone', name, args)]),
    ) as unknown as Commands;
    const here = Object.fromEntries(
      HERE.map((name) => [
        name,
        async (...args: unknown[]) => {
          // Nothing is heard there that would stop for a moment.
          const busy = own.getState().calls.some((call) => isHeard(call));
          if (!busy) await takeOver();
          const phone = (busy ? there : own) as unknown as Record<string, (...args: unknown[]) => unknown>;
          return phone[name]!(...args);
        },
      ]),
    );
    return {
      ...there,
      ...here,
      takeOver,
      // The click that was asked for was given here.
      resumePlayback: takeOver,
      deviceCheck: async () => this.#deviceCheck(await own.deviceCheck()),
      control: () => Promise.resolve(this.#control),
    };
  }

  hear(message: Extract<LeaderMessage, { type: 'answer' | 'news' }>): void {
    if (message.type === 'news') {
      this.#directory = message.directory;
      for (const listener of [...this.#listeners]) listener(message.news);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    const { error } = message;
    if (error) waiting?.reject(new PhoneError(error.code as ProblemCode, error.message));
    else waiting?.resolve(message.value);
  }

  /** Another tab has the phone now, and knows nothing of what was asked. */
  changed(): void {
    this.#end('timeout', 'The tab that had the phone is gone.');
    if (this.#listeners.size) this.#listen();
  }

  /** This tab has the phone: whoever listened to the other's news listens to its own. */
  async stop(): Promise<void> {
    this.#end('timeout', 'The tab that had the phone is gone.');
    if (!this.#listeners.size) return;
    const control = await this.#parts.own.control();
    for (const listener of this.#listeners) control.onNews(listener);
  }

  #end(code: ProblemCode, why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new PhoneError(code, why));
    this.#waiting.clear();
  }

  #ask(of: Kind, name: string, args: unknown[]): Promise<unknown> {
    const id = ++this.#last;
    const answered = new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#parts.send({ id, of, name, args });
    });
    // Some commands are not waited for; why they failed stands in the state.
    answered.catch(() => {});
    return answered;
  }

  #listen(): void {
    void this.#ask('news', 'listen', []);
  }

  /** Devices are tried out in this tab; how the microphone is treated concerns the calls. */
  #deviceCheck(check: DeviceCheck): DeviceCheck {
    return {
      choosesOutput: check.choosesOutput,
      processing: check.processing,
      watchPermission: (kind, changed) => check.watchPermission(kind, changed),
      ask: (kind) => check.ask(kind),
      meter: (report) => check.meter(report),
      playTestSound: (kind) => check.playTestSound(kind),
      setProcessing: async (change) => {
        await this.#ask('devices', 'setProcessing', [change]);
      },
      camera: () => check.camera(),
    };
  }

  #controlThere(): PhoneControl {
    const there = Object.fromEntries(
      Object.keys(CONTROL_COMMANDS).map((name) => [
        name,
        (...args: unknown[]) => this.#ask('control', name, args),
      ]),
    ) as unknown as Pick<PhoneControl, ControlCommandName>;
    const directory = () => this.#directory;
    return {
      ...there,
      get directory() {
        return directory();
      },
      watch: async () => (this.#directory = await there.watch()),
      onNews: (listener) => {
        if (!this.#listeners.size) this.#listen();
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      // A picture cannot go to another tab: the call comes to it.
      attachCamera: async (callId, camera) => {
        await this.#parts.takeOver();
        await (await this.#parts.own.control()).attachCamera(callId, camera);
      },
    };
  }
}

function isHeard({ state, direction }: PhoneCall): boolean {
  return state !== 'ended' && !(direction === 'incoming' && state === 'ringing');
}
