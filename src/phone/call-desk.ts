import type { MediaPort, MediaState } from '../media/port.js';
import type { Call, Description, SignalingPort } from '../signaling/port.js';
import { endedCall, mergeCall } from './calls.js';
import { Line } from './line.js';
import { chooseSelected } from './selection.js';
import type { CallEndReason, PhoneCall } from './state.js';
import type { Store } from './store.js';
import { toneFor } from './tone-rules.js';

/** How long a call that is over stays on the list, so that its reason can be read, in milliseconds. */
const LINGER_MS = 5000;

/**
 * The calls there are, each with its line, and what follows from their state: which is selected, which tone
 * sounds, who is cut off while on hold. Commands live in the phone; this keeps what they change consistent.
 */
export class CallDesk {
  readonly #store: Store;
  readonly #media: MediaPort;
  readonly #port: () => SignalingPort | null;
  readonly #lines = new Map<string, Line>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Offers that came with a ringing call, for when it is accepted. */
  readonly #offers = new Map<string, Description>();
  iceServers: Parameters<MediaPort['openCall']>[0]['iceServers'] = [];

  readonly #up: (id: string, line: Line) => void;

  /** @param up Told when a call is up: it is answered, and its media are connected; again when those are others. */
  constructor(
    store: Store,
    media: MediaPort,
    port: () => SignalingPort | null,
    up: (id: string, line: Line) => void,
  ) {
    this.#up = up;
    this.#store = store;
    this.#media = media;
    this.#port = port;
  }

  get lines(): ReadonlyMap<string, Line> {
    return this.#lines;
  }

  call(id: string): PhoneCall | undefined {
    return this.#store.state.calls.find((call) => call.id === id);
  }

  /** Puts a call on the list, or a newer version of it in its place. */
  put(call: PhoneCall, select = false): void {
    const { calls, selectedCallId } = this.#store.state;
    const known = calls.some(({ id }) => id === call.id);
    const next = known ? calls.map((other) => (other.id === call.id ? call : other)) : [...calls, call];
    this.#commit(next, select ? call.id : selectedCallId);
  }

  patch(id: string, change: Partial<PhoneCall>): void {
    const call = this.call(id);
    if (call && call.state !== 'ended') this.put({ ...call, ...change });
  }

  select(id: string): void {
    this.#commit(this.#store.state.calls, id);
  }

  /** What the phone system says about a call; `kept` is what the page before knew of it. */
  hear(call: Call, kept?: Partial<PhoneCall>): void {
    const before = this.call(call.id);
    if (before ? before.state === 'ended' : call.state === 'ended') return;
    const merged = mergeCall(before, call, this.#store.state.clockOffset, kept);
    if (merged.state === 'ended') this.#over(merged);
    else this.put(merged);
  }

  /** Ends a call on this device. */
  end(id: string, reason: CallEndReason): void {
    const call = this.call(id);
    if (call && call.state !== 'ended') this.#over(endedCall(call, reason, Date.now()));
  }

  /** Ends a call on this device, and lets the phone system know. */
  drop(id: string, reason: CallEndReason): void {
    const sent = this.#lines.get(id)?.sent;
    this.end(id, reason);
    // When it does not hear of it, it finds out by itself: nothing is sent any more.
    if (sent)
      this.#port()
        ?.act(id, { type: 'hangup' })
        .catch(() => {});
  }

  endAll(reason: CallEndReason): void {
    for (const { id } of this.#store.state.calls) this.end(id, reason);
  }

  /** Takes a call that is over off the list. */
  dismiss(id: string): void {
    if (this.call(id)?.state !== 'ended') return;
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const { calls, selectedCallId } = this.#store.state;
    this.#commit(
      calls.filter((call) => call.id !== id),
      selectedCallId,
    );
  }

  /**
   * Opens the media of a call, or others in their place: with `video` for one that begins with a picture, with
   * `receiveOnly` for one that is only heard.
   */
  open(id: string, { video = false, receiveOnly = false } = {}): Line {
    const { capabilities, devices } = this.#store.state;
    const media = this.#media.openCall(
      {
        iceServers: this.iceServers,
        trickle: capabilities?.trickle ?? false,
        video: !receiveOnly && (video || (capabilities?.videoWithoutOffer ?? false)),
        speaker: devices.speaker,
        receiveOnly,
      },
      {
        state: (state) => this.#mediaState(id, line, state),
        candidate: (candidate) => this.#port()?.addCandidate(id, candidate),
        blocked: () => this.#store.report('playback-blocked', id),
      },
    );
    const line: Line = this.#lines.get(id)?.renew(media) ?? new Line(media);
    const call = this.call(id);
    media.setMuted(call?.muted ?? false);
    media.setHeld(call?.heldLocally ?? false);
    this.#lines.set(id, line);
    return line;
  }

  /** Makes the description to send first: an offer, or the answer to the one the call came with. */
  async describe(id: string, line: Line): Promise<void> {
    const offer = this.#offers.get(id);
    await (offer ? line.media.receive(offer) : line.media.offer());
  }

  /** Takes the far side's description. */
  async receive(id: string, description: Description): Promise<void> {
    const line = this.#lines.get(id);
    if (!line) {
      if (description.type === 'offer' && this.call(id)?.state !== 'ended') this.#offers.set(id, description);
      return;
    }
    try {
      const used = await line.media.receive(description);
      if (used && description.type === 'pranswer') {
        line.early = true;
        this.#follow();
      }
      if (used && description.type === 'offer')
        await this.#port()?.describe(id, line.media.takeDescription());
    } catch {
      // A description this browser cannot use: there will be no media, but those there were may be renewed.
      if (!line.wasUp) this.drop(id, 'media-failed');
    }
  }

  /** Gives back what a call occupies. */
  close(id: string, reason: CallEndReason = 'error'): void {
    const line = this.#lines.get(id);
    if (!line) return;
    this.#lines.delete(id);
    line.close(reason);
    this.#media.microphone.detach(line.microphone);
    const { camera } = line;
    if (camera) void this.#media.camera().then((shared) => shared.detach(camera));
  }

  /** Forgets every call at once. */
  clear(): void {
    this.endAll('hung-up');
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#commit([], null);
  }

  #over(call: PhoneCall): void {
    this.close(call.id, call.endReason!);
    this.#offers.delete(call.id);
    this.#timers.set(
      call.id,
      setTimeout(() => this.dismiss(call.id), LINGER_MS),
    );
    this.put(call);
  }

  #mediaState(id: string, line: Line, media: MediaState): void {
    const up = media === 'connected';
    line.wasUp ||= up;
    // Those of a call that were up are looked after (see recovery/).
    const lasting = line.wasUp && this.call(id);
    if (media === 'failed' && !lasting) {
      this.drop(id, 'no-media-path');
      return;
    }
    this.patch(id, { media: lasting && !up ? 'interrupted' : media });
  }

  #commit(calls: readonly PhoneCall[], selectedId: string | null): void {
    this.#store.set({ calls, selectedCallId: chooseSelected(calls, selectedId) });
    this.#follow();
  }

  /** Makes media and tones what the calls say now; whoever was told of a change may have changed more. */
  #follow(): void {
    const now = this.#store.state;
    for (const { id, heldLocally, state, media } of now.calls) {
      const line = this.#lines.get(id);
      line?.media.setHeld(heldLocally);
      if (!line || line.cared || state !== 'active' || media !== 'connected') continue;
      line.cared = true;
      this.#up(id, line);
    }
    const tone = toneFor(now.calls, (id) => this.#lines.get(id)?.early ?? false);
    this.#media.tones.play(tone, tone === 'ringing' ? now.devices.ringer : now.devices.speaker);
  }
}
