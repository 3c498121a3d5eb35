/** Third-party call control, for commands of the HTTP API and for what sites answer to CallChanged alike. */
import { recordCompletedOfCall, transferCompleted } from '../notifications/index.js';
import type { CallInfo } from '../exchange/index.js';
import { AudioError } from '../media/audio/index.js';
import type { RecordingFormat } from '../media/audio/index.js';
import type { Clip } from '../media/engine.js';
import { CONTROLLER } from './controller.js';
import { callNotFound, inappropriate, onExchange, onExchangeAsync } from './failure.js';
import type { ScriptFoundations } from './parts.js';
import { startRecorder } from './recorder.js';
import type { RecordingResult } from './recorder.js';
import type { ThirdPartyReply } from './third-party-reply.js';

export type Side = 'caller' | 'callee';
/** Who shall hear or be sent something. */
export type Party = Side | 'all';

/** Each throws, or rejects with, a `Failure` that says what was wrong. */
export class ThirdPartyActions {
  constructor(
    private readonly parts: ScriptFoundations,
    private readonly reply: () => ThirdPartyReply,
  ) {}

  /** Every call there is. */
  calls(): CallInfo[] {
    return this.parts.exchange.thirdParty.calls();
  }

  hangup(callId: string): void {
    onExchange('Hangup', callId, () => this.parts.exchange.sessionControl.hangUp(CONTROLLER, callId));
  }

  hold(callId: string): void {
    onExchange('Hold', callId, () => this.parts.exchange.sessionControl.hold(CONTROLLER, callId, true));
  }

  unhold(callId: string): void {
    onExchange('Unhold', callId, () => this.parts.exchange.sessionControl.hold(CONTROLLER, callId, false));
  }

  /** Sends a call that rings on to another number. */
  forward(callId: string, destination: string): void {
    this.#mustExist(callId);
    const forward = () => this.parts.exchange.sessionControl.forward(CONTROLLER, callId, destination);
    onExchange('Forward', callId, forward, 'Destination');
  }

  /** Connects the two whom somebody talks with in these two calls. */
  attendedTransfer(transferredCallId: string, targetCallId: string): void {
    this.#mustExist(transferredCallId);
    const join = () =>
      this.parts.exchange.thirdParty.joinSessions(CONTROLLER, transferredCallId, targetCallId);
    onExchange('AttendedTransfer', targetCallId, join);
  }

  /** Begins a blind transfer. `finishedUrl` is told when the call it leads to is over, or did not come about. */
  blindTransfer(callId: string, transferor: Side, to: string, finishedUrl?: string): void {
    const { exchange } = this.parts;
    let target = '';
    // Both the transferred call and its end may be told before the transfer returns.
    const ends: CallInfo[] = [];
    const told = (call: CallInfo) => {
      if (!call.over) return;
      if (target === '') ends.push(call);
      else if (call.session.id === target) finished(call);
    };
    const stop = finishedUrl === undefined ? () => {} : exchange.onCallChanged(told);
    const finished = (call: CallInfo) => {
      stop();
      this.#transferFinished(finishedUrl ?? '', callId, call);
    };
    try {
      target = onExchange('BlindTransfer', callId, () =>
        exchange.thirdParty.transfer(CONTROLLER, callId, transferor, to),
      );
    } catch (error) {
      stop();
      throw error;
    }
    const over = ends.find(({ session }) => session.id === target);
    if (over && finishedUrl !== undefined) finished(over);
  }

  /** Lets parties hear a file. Resolves when it has begun, with what resolves when it is through. */
  async play(
    callId: string,
    party: Party,
    audioFile: string,
    repeat = false,
  ): Promise<{ over: Promise<void> }> {
    this.#mustExist(callId);
    const clip = await this.parts.sounds.file('Play', audioFile);
    return { over: this.#announce('Play', callId, party, clip, repeat) };
  }

  /** Lets parties hear a text. Resolves when it has begun, with what resolves when it is through. */
  async speak(
    callId: string,
    party: Party,
    text: string,
    language?: string,
  ): Promise<{ over: Promise<void> }> {
    this.#mustExist(callId);
    const clip = await this.parts.sounds.speech('Speak', text, language);
    return { over: this.#announce('Speak', callId, party, clip, false) };
  }

  /** Lets parties hear digits. Resolves when they are sent. */
  async sendDtmf(callId: string, party: Party, keys: string): Promise<void> {
    const { thirdParty } = this.parts.exchange;
    this.#mustExist(callId);
    await Promise.all(
      sidesOf(party).map((side) =>
        onExchangeAsync('SendDTMF', callId, () => thirdParty.sendDigits(CONTROLLER, callId, side, keys)),
      ),
    );
  }

  /** Records both parties until the call is over. Resolves when it has begun. */
  async record(callId: string, format: RecordingFormat, finishedUrl?: string): Promise<void> {
    const { exchange, recordings, log } = this.parts;
    const { session } = this.#mustExist(callId);
    try {
      const recorder = await startRecorder({
        folder: recordings.folder,
        format,
        log,
        tap: (listener, ended) =>
          onExchange('Record', callId, () => exchange.thirdParty.tap(CONTROLLER, callId, listener, ended)),
      });
      if (finishedUrl === undefined) return;
      void recorder.done.then((result) => {
        this.#recorded(finishedUrl, { callId, caller: session.caller, callee: session.callee }, result);
      });
    } catch (error) {
      throw error instanceof AudioError ? inappropriate('Record', error.message) : error;
    }
  }

  #mustExist(callId: string): CallInfo {
    const call = this.calls().find(({ session }) => session.id === callId);
    if (!call) throw callNotFound(callId);
    return call;
  }

  /** Resolves when it was said to everybody, or they are gone. */
  #announce(command: string, callId: string, party: Party, clip: Clip, repeat: boolean): Promise<void> {
    const { exchange, media } = this.parts;
    const player = media.createPlayer();
    const stops: (() => void)[] = [];
    let listening = 0;
    const left = () => {
      listening -= 1;
      if (listening === 0) player.close();
    };
    try {
      for (const side of sidesOf(party)) {
        listening += 1;
        stops.push(
          onExchange(command, callId, () =>
            exchange.thirdParty.announce(CONTROLLER, callId, side, player, left),
          ),
        );
      }
    } catch (error) {
      // With the last listener the player is closed, and there may have been none.
      for (const stop of stops) stop();
      if (stops.length === 0) player.close();
      throw error;
    }
    return player.play(clip, { repeat }).then(() => {
      for (const stop of stops) stop();
    });
  }

  #recorded(
    url: string,
    call: { callId: string; caller: string; callee: string },
    { success, duration, fileName }: RecordingResult,
  ): void {
    const recordUrl = fileName === '' ? '' : this.parts.recordings.urlOf(fileName);
    this.reply().tell(
      { url, trusted: false },
      recordCompletedOfCall({ success, durationSeconds: duration, recordUrl, ...call }),
      call.callId,
    );
  }

  #transferFinished(url: string, callId: string, { session }: CallInfo): void {
    const { caller, callee, talk } = session;
    const durationSeconds = talk.ms / 1000;
    this.reply().tell(
      { url, trusted: false },
      transferCompleted({ callId, caller, callee, durationSeconds }),
      session.id,
    );
  }
}

function sidesOf(party: Party): readonly Side[] {
  return party === 'all' ? ['caller', 'callee'] : [party];
}
