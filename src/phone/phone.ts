import type { MediaError } from '../media/media-error.js';
import type { MediaPort } from '../media/port.js';
import { isKept } from '../page/kept.js';
import type { SignalingEvent, SignalingPort } from '../signaling/port.js';
import { onPageGone } from '../page/gone.js';
import { STEADY_MS } from './back-off.js';
import { callCommands } from './call-commands.js';
import { CallDesk } from './call-desk.js';
import { commanderOf } from './commander.js';
import { Failures } from './failures.js';
import { PHONE_MARK, type ConnectOptions, type PhoneHandle } from './handle.js';
import { greet, hear, MANY_SESSIONS } from './hear.js';
import { laterCommands } from './later-commands.js';
import type { Later } from './later/later.js';
import { Link } from './link.js';
import { once } from './once.js';
import { placingOf } from './placing.js';
import { leaveCalls } from './recovery/leaving.js';
import type { Recovery } from './recovery/recovery.js';
import type { ConnectionState } from './state.js';
import { Store } from './store.js';
import { Tab } from './tabs/tab.js';

/** What a phone is made of; a test may put in its own. */
export interface PhoneParts {
  readonly signaling: (server: string, sip?: ConnectOptions['sip']) => Promise<SignalingPort>;
  readonly media: (observer: {
    microphoneLost(problem: MediaError | null): void;
    cameraLost(problem: MediaError | null): void;
  }) => MediaPort;
}

/** Puts a phone together: commands over one store, one link and the calls on the desk. */
export function assemblePhone(parts: PhoneParts): PhoneHandle & { readonly [PHONE_MARK]: true } {
  const store = new Store();
  const media = parts.media({
    microphoneLost: (problem) => store.report(problem?.code ?? 'microphone-changed'),
    cameraLost(problem) {
      if (!problem) return;
      later?.cameraLost();
      store.report(problem.code);
    },
  });
  const link: Link = new Link(parts.signaling, {
    changed: connectionChanged,
    returning: ({ resume = true, ...options }) =>
      resume && isKept()
        ? import('./recovery/returning.js').then(({ Returning }) => Returning.claim(options, desk))
        : null,
    leads: (options, returning) => tab.leads(options, returning),
    opened(welcome, capabilities, returning) {
      greet(welcome, capabilities, store, desk, returning);
      returning?.done(welcome, link.port);
      if (welcome.calls.length) recover();
    },
    event: heard,
    urgent: () => store.state.calls.some(({ state }) => state !== 'ended'),
    gone() {
      desk.endAll('connection-lost');
      later?.gone();
      store.set({ sessions: [], extensions: [] });
    },
  });
  const desk: CallDesk = new CallDesk(
    store,
    media,
    () => link.port,
    // Without that part a call is no worse.
    (id, line) => {
      recover();
      load()
        .then((part) => part.up(id, line))
        .catch(console.warn);
    },
  );
  const commander = commanderOf({ store, link, desk, failures: new Failures(store) });
  const playKey = (key: string) => media.tones.key(key, store.state.devices.speaker);

  let later: Later | undefined;
  let recovery: Promise<Recovery> | undefined;
  /** Until the link has stood for a while. */
  let standing: ReturnType<typeof setTimeout> | undefined;
  // Until the part comes that sees all that becomes of a page.
  const stopWaiting = onPageGone(() => {
    const left = link.options?.resume !== false && leaveCalls(store.state, link.port?.ticket);
    // What this page has not taken up yet lies there for the next one.
    if (!left && !link.returning) void link.disconnect();
  });
  const load = once(async () => {
    const { Later } = await import('./later/later.js');
    return (later = new Later(commander, media, phone));
  });

  const placing = placingOf(commander, media, {
    async holdOthers(callId) {
      const others = store.state.calls.some(({ id, state }) => id !== callId && state === 'active');
      if (others) await (await load()).holdOthers(callId);
    },
    setCamera: async (callId, on) => (await load()).commands.setCamera(callId, on),
  });

  function connectionChanged(connection: ConnectionState): void {
    const gone = connection.status === 'signed-out' || connection.status === 'refused';
    store.set({ connection, ...(gone && { identity: null, capabilities: null }) });
    // Another tab may be more welcome.
    if (gone) tab.leave();
    clearTimeout(standing);
    if (connection.status === 'connected') {
      later?.connected();
      // A link that has just come is well; one that breaks before that is looked for all the same.
      standing = setTimeout(recover, STEADY_MS);
    } else if (!gone && connection.status !== 'connecting') recover();
  }

  function recover(): void {
    clearTimeout(standing);
    const well = commander.connected();
    recovery ??= import('./recovery/recovery.js').then(({ Recovery }) => {
      stopWaiting();
      return new Recovery({ link, store, desk, media, well, followed: () => !!tab.leading?.followed });
    });
    // A part that could not be loaded is asked for again the next time.
    recovery.catch(() => (recovery = undefined));
  }

  function heard(event: SignalingEvent): void {
    if (!later?.gathers(event)) hear(event, store, desk);
    if (later) later.heard(event);
    else if ('what' in event || 'voicemail' in event || store.state.sessions.length > MANY_SESSIONS)
      load()
        .then((part) => part.heard(event))
        .catch((error: unknown) => {
          // Without that part each change is told by itself: slower, and as right. Who waits hears that it is not done.
          console.warn(error);
          if ('what' in event) return link.port?.act(event.callId, { type: 'reject' });
        })
        .catch(console.warn);
  }

  const phone: PhoneHandle & { readonly [PHONE_MARK]: true } = {
    [PHONE_MARK]: true,
    getState: () => store.state,
    subscribe: (listener) => store.subscribe(listener),

    connect: (options) => link.connect(options),
    async disconnect() {
      desk.endAll('hung-up');
      await link.disconnect();
    },
    retry: () => link.retry(),

    ...callCommands(commander, placing),
    ...laterCommands(() => later?.commands, load),
    select: (callId) => desk.select(callId),
    dismiss: (callId) => desk.dismiss(callId),

    pictures(callId) {
      const call = desk.call(callId);
      const picture = desk.lines.get(callId)?.media.picture ?? null;
      return {
        remote: call?.remoteVideo ? picture : null,
        local: (call?.camera === 'on' && later?.self) || null,
      };
    },
    async takeOver() {},
    playKey,

    async dispose() {
      const left = phone.disconnect();
      desk.clear();
      later?.close();
      clearTimeout(standing);
      stopWaiting();
      void recovery?.then((part) => part.stop());
      media.close();
      store.close();
      await left;
    },
  };
  const tab = new Tab({
    ...{ phone, store, desk, link, media },
    rest() {
      clearTimeout(standing);
      void recovery?.then((part) => part.stop());
      recovery = undefined;
      later?.gone();
    },
  });
  return phone;
}
