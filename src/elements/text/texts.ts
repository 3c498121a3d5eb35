import type { CallListTexts } from './call-list-texts.js';
import type { CallTexts } from './call-texts.js';
import type { ChatTexts } from './chat-texts.js';
import type { ContactTexts } from './contact-texts.js';
import type { DeviceTexts } from './device-texts.js';
import type { GridTexts } from './grid-texts.js';
import type { HistoryTexts } from './history-texts.js';
import type { IncomingTexts } from './incoming-texts.js';
import type { OperatorTexts } from './operator-texts.js';
import type { PanelTexts } from './panel-texts.js';
import type { QualityTexts } from './quality-texts.js';
import type { SessionTexts } from './session-texts.js';
import type { WebphoneTexts } from './webphone-texts.js';
import type { ProblemCode } from '../../phone/state.js';

/** What several tags say, and the dialpad, the sign-in and the extensions. */
export interface CommonTexts {
  // Controls. The English names are part of the contract with test suites and assistive technology.
  call: string;
  videoCall: string;
  accept: string;
  acceptVideo: string;
  reject: string;
  forward: string;
  mute: string;
  unmute: string;
  hold: string;
  resume: string;
  transfer: string;
  keypad: string;
  camera: string;
  hangUp: string;

  // The state of the connection, in a word or a sentence.
  ready: string;
  connecting: string;
  offline: string;
  inCall: string;
  notConnected: string;
  tryNow: string;
  retryIn: (seconds: number) => string;

  // Signing in.
  signIn: string;
  signedOut: string;
  extension: string;
  password: string;
  server: string;

  // The dialpad.
  number: string;
  erase: string;
  enterNumber: string;
  callUnderWay: string;
  tones: string;

  // Extensions.
  extensions: string;
  noExtensions: string;
  idle: string;
  ringing: string;
  busy: string;
  unknown: string;
  thisPhone: string;
  pickUp: string;
}

/** The texts that are needed from the start. */
export interface Texts extends CommonTexts, CallTexts, SessionTexts {
  /** Milliseconds as a timer shows them, `3:07`. */
  duration: (ms: number) => string;
  /** What went wrong, in words. Loaded when something does (see `OzekiElement.problem`). */
  problem?: (code: ProblemCode) => string;
}

/** Every text of the kit. English brings those that are not {@link Texts} when a part that shows them is loaded. */
export interface AllTexts
  extends
    Texts,
    PanelTexts,
    DeviceTexts,
    IncomingTexts,
    QualityTexts,
    GridTexts,
    HistoryTexts,
    CallListTexts,
    ChatTexts,
    ContactTexts,
    OperatorTexts,
    WebphoneTexts {}

/** A language but English: all of it. One that lacks a text does not compile. */
export type Translation = Required<Omit<AllTexts, 'duration'>>;

/**
 * English as it is written down: a text that is not there is its own name, the words apart (`hangUp`: "Hang up").
 * Texts with a value in them have to be there.
 */
export type English<T> = Partial<T> & { [K in keyof T as T[K] extends string ? never : K]: T[K] };

/** Says a text in the language of the element. */
export type Say = <K extends keyof AllTexts>(
  key: K,
  ...values: NonNullable<AllTexts[K]> extends (...args: infer A) => string ? A : []
) => string;

/** The texts that need no value. */
export type PlainText = {
  [K in keyof AllTexts]-?: AllTexts[K] extends string ? K : never;
}[keyof AllTexts];
