/** The signalling breaks under a call: the network between the phone and the phone system, not its insides. */
import { expect } from '@open-wc/testing';
import { Pace } from '../support/pace.js';
import { HAS_TONES, Person, TONES } from '../support/people.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';
import { waitUntil } from '../support/wait.js';

/** How long a call may be without sound and nobody notices: a lost packet or two, and the ear of the test. */
const UNNOTICED_MS = 250;

let system: TestPhoneSystem;
let alice: Person;
let bob: Person;
/** Does things alice is told of. */
let carol: Person;
const pace = new Pace();

beforeEach(async () => {
  system = await startPhoneSystem();
  // Alice's network can be broken, that of the others cannot.
  alice = await new Person('1001', TONES.alice).signIn(system.networkUrl);
  bob = await new Person('1002', TONES.bob).signIn(system.gatewayUrl);
  carol = await new Person('1003', TONES.carol).signIn(system.gatewayUrl);
  await pace.call(async () => {
    await alice.phone.dial('1002');
    await bob.phone.accept(await bob.untilCall('ringing'));
    await alice.untilCall('active');
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
  });
});

afterEach(async () => {
  await Promise.all([alice, bob, carol].map((person) => person.leave()));
  expect(await system.vitals()).to.include({ sessions: 0, legs: 0, mediaLegs: 0 });
  await system.stop();
});

/** Both listen; the function it gives asserts that neither missed anything. */
async function listening(): Promise<() => Promise<void>> {
  if (!HAS_TONES) return () => Promise.resolve();
  await system.lateness();
  const ears = await Promise.all([alice.listens(TONES.bob), bob.listens(TONES.alice)]);
  return async () => {
    const silences = ears.map((stop) => stop());
    const allowed = UNNOTICED_MS + (await system.lateness());
    for (const { longest, late } of silences) expect(longest).to.be.below(allowed + late);
  };
}

/** Carol looks into the conference: she is busy and idle again, and everybody is told. */
async function somethingHappens(): Promise<void> {
  const id = await carol.phone.dial('5000');
  await carol.untilCall('active');
  await carol.phone.hangUp(id);
  carol.phone.dismiss(id);
}

/** Notes every change of carol's status that alice is told. */
function statuses(): string[] {
  const told: string[] = [];
  const now = () => alice.state.extensions.find(({ id }) => id === '1003');
  let last = now();
  alice.phone.subscribe(() => {
    const carols = now();
    if (carols !== last && carols) told.push(`${carols.status} ${alice.state.connection.status}`);
    last = carols;
  });
  return told;
}

const status = (wanted: string) => alice.until(wanted, ({ connection }) => connection.status === wanted);

it('cut 20 times in a call: the sound never stops, and nothing is lost or comes twice', async () => {
  const silences = await listening();
  const told = statuses();
  for (let count = 1; count <= 20; count++) {
    const lost = status('reconnecting');
    await system.network('offline');
    await lost;
    await somethingHappens();
    const back = performance.now();
    await system.network('online');
    await status('connected');
    expect(performance.now() - back, `back after cut ${count}`).to.be.below(pace.limit(BACK_MS));
    await alice.until('what was missed', () => told.length === 2 * count);
  }
  await silences();
  expect(told).to.deep.equal(Array.from({ length: 20 }, () => ['busy connected', 'idle connected']).flat());
  expect(alice.call).to.include({ state: 'active', media: 'connected' });
  await alice.phone.hangUp(alice.call.id);
  await bob.untilCall('ended');
}).timeout(120_000);

/**
 * How long after the network's return the phone may take to be connected. Firefox itself holds back sockets to a host
 * that refused some before, longer each time (its setting `network.websocket.delay-failed-reconnects`).
 */
const BACK_MS = navigator.userAgent.includes('Firefox') ? 15_000 : 1000;

it('10 s offline: the talk goes on, and the call with it', async () => {
  const silences = await listening();
  const lost = status('reconnecting');
  await system.network('offline');
  await lost;
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const back = performance.now();
  await system.network('online');
  await status('connected');
  expect(performance.now() - back).to.be.below(pace.limit(BACK_MS));
  await silences();
  await alice.phone.hold(alice.call.id);
  await bob.until('to be held', ({ calls }) => calls[0]!.heldRemotely);
}).timeout(120_000);

it('open and silent: noticed, and back as soon as something passes', async () => {
  const silences = await listening();
  const lost = status('reconnecting');
  await system.network('silence');
  await lost;
  await somethingHappens();
  const told = statuses();
  const back = performance.now();
  await system.network('online');
  await status('connected');
  expect(performance.now() - back).to.be.below(pace.limit(BACK_MS));
  await alice.until('what was missed', () => told.length === 2);
  await silences();
}).timeout(120_000);

it('another side that sends nothing is no path that broke: no other is looked for, and it hears on', async () => {
  await bob.fallsSilent(alice);
  // The network is well: what else happens arrives.
  const told = statuses();
  await somethingHappens();
  await alice.until('what happened', () => told.length === 2);
  await system.lateness();
  const ear = HAS_TONES ? await bob.listens(TONES.alice) : null;
  const before = alice.paths();
  const lost = status('reconnecting');
  // Noticed only seconds after it broke, unlike a cut.
  await system.network('silence');
  await lost;
  await system.network('online');
  await status('connected');
  const back = performance.now();
  // Where it would be looked for, it is by then.
  await waitUntil(() => performance.now() - back > 1500);
  expect(alice.paths()).to.deep.equal(before);
  expect(alice.call).to.include({ state: 'active', media: 'connected' });
  const heard = ear?.();
  if (heard) expect(heard.longest).to.be.below(UNNOTICED_MS + heard.late + (await system.lateness()));
}).timeout(120_000);

it('what is asked meanwhile is done when the phone system is back', async () => {
  await system.network('offline');
  await status('reconnecting');
  const held = alice.phone.hold(alice.call.id);
  expect(alice.call.pending).to.equal('hold');
  await system.network('online');
  await held;
  await bob.until('to be held', ({ calls }) => calls[0]!.heldRemotely);
});

it('a call that rings meanwhile rings when the phone system is back', async () => {
  await alice.phone.hangUp(alice.call.id);
  await system.network('offline');
  await status('reconnecting');
  const dialled = await bob.phone.dial('1001');
  await bob.untilCall('ringing');
  await system.network('online');
  alice.phone.retry();
  await alice.phone.accept(await alice.untilCall('ringing'));
  await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
  await bob.phone.hangUp(dialled);
});

it('the network, or a person, that comes back cuts the wait short', async () => {
  await alice.phone.hangUp(alice.call.id);
  const signs = [
    () => dispatchEvent(new Event('online')),
    () => document.dispatchEvent(new Event('visibilitychange')),
  ];
  for (const comesBack of signs) {
    await system.network('offline');
    // A phone without a call waits for a second and longer.
    await alice.until(
      'to wait',
      ({ connection }) => connection.retryAt !== null && connection.retryAt > Date.now() + 500,
    );
    await system.network('online');
    comesBack();
    expect(alice.state.connection).to.include({ status: 'reconnecting', retryAt: null });
    await status('connected');
  }
});
