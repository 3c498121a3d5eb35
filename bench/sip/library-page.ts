/** What the pages of the two libraries do, as their documentation has it: sign in, call, take calls at once, hang up. */
import JsSIP from 'jssip';
import { Inviter, Registerer, RegistererState, SessionState, UserAgent, type Session } from 'sip.js';

export type Library = 'jssip' | 'sipjs';

export interface LibraryAccount {
  /** The address of the server's WebSocket. */
  readonly server: string;
  readonly user: string;
  readonly domain: string;
  readonly password: string;
}

declare global {
  interface Window {
    library: {
      /** Signs in; from then on every call is taken at once. */
      open(library: Library, account: LibraryAccount): Promise<void>;
      /** "Click": resolves with the milliseconds until audio arrives. */
      call(number: string): Promise<number>;
      hangUp(): Promise<void>;
      /** Whether no call is left. */
      idle(): boolean;
    };
  }
}

interface Phone {
  call(number: string): void;
  hangUp(): Promise<void>;
  idle(): boolean;
}

function jssip({ server, user, domain, password }: LibraryAccount): Promise<Phone> {
  type RtcSession = ReturnType<JsSIP.UA['call']>;
  const sessions = new Set<RtcSession>();
  const options = { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } };
  const ua = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(server)],
    uri: `sip:${user}@${domain}`,
    password,
    session_timers: false,
  });
  ua.on('newRTCSession', ({ session, originator }: { session: RtcSession; originator: string }) => {
    sessions.add(session);
    for (const end of ['ended', 'failed'] as const) session.on(end, () => sessions.delete(session));
    if (originator === 'remote') session.answer(options);
  });
  const phone: Phone = {
    call: (number) => ua.call(`sip:${number}@${domain}`, options),
    hangUp: async () => {
      for (const session of sessions) session.terminate();
      await Promise.resolve();
    },
    idle: () => sessions.size === 0,
  };
  return new Promise((resolve, reject) => {
    ua.on('registered', () => resolve(phone));
    ua.on('registrationFailed', ({ cause }: { cause?: string }) => reject(new Error(cause)));
    ua.start();
  });
}

async function sipjs({ server, user, domain, password }: LibraryAccount): Promise<Phone> {
  const sessions = new Set<Session>();
  const sessionDescriptionHandlerOptions = { constraints: { audio: true, video: false } };
  const keep = (session: Session) => {
    sessions.add(session);
    session.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) sessions.delete(session);
    });
  };
  const ua = new UserAgent({
    uri: UserAgent.makeURI(`sip:${user}@${domain}`)!,
    transportOptions: { server },
    authorizationUsername: user,
    authorizationPassword: password,
    logLevel: 'error',
    sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
    delegate: {
      onInvite(invitation) {
        keep(invitation);
        void invitation.accept({ sessionDescriptionHandlerOptions });
      },
    },
  });
  await ua.start();
  const registerer = new Registerer(ua);
  const registered = new Promise<void>((resolve) =>
    registerer.stateChange.addListener((state) => state === RegistererState.Registered && resolve()),
  );
  await registerer.register();
  await registered;
  return {
    call(number) {
      const inviter = new Inviter(ua, UserAgent.makeURI(`sip:${number}@${domain}`)!, {
        sessionDescriptionHandlerOptions,
      });
      keep(inviter);
      void inviter.invite();
    },
    async hangUp() {
      for (const session of sessions) await session.bye();
    },
    idle: () => sessions.size === 0,
  };
}

let phone: Phone;

window.library = {
  async open(library, account) {
    phone = await (library === 'jssip' ? jssip : sipjs)(account);
  },
  call(number) {
    const heard = window.stopwatch.untilAudio();
    phone.call(number);
    return heard;
  },
  hangUp: () => phone.hangUp(),
  idle: () => phone.idle(),
};
