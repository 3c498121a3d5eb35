import { expect } from '@open-wc/testing';
import { CallMedia } from '../../src/media/index.js';
import { Person, TONES } from '../support/people.js';
import { startPhoneSystem } from '../support/phone-systems.js';

it('a phone system that comes back is found again, and calls work', async () => {
  const first = await startPhoneSystem();
  const gatewayPort = Number(new URL(first.gatewayUrl).port);
  const alice = await new Person('1001', TONES.alice).signIn(first.gatewayUrl);
  const bob = await new Person('1002', TONES.bob).signIn(first.gatewayUrl);
  await alice.phone.dial('1002');
  await bob.phone.accept(await bob.untilCall('ringing'));
  await alice.untilCall('active');
  await first.stop();
  for (const person of [alice, bob]) {
    await person.untilCall('ended');
    await person.until('a broken link', ({ connection }) => connection.status === 'reconnecting');
    expect(person.state.identity, 'who it was is still known').to.not.equal(null);
  }
  expect(CallMedia.open).to.equal(0);

  const second = await startPhoneSystem({ gatewayPort });
  alice.phone.retry();
  bob.phone.retry();
  for (const person of [alice, bob]) {
    await person.until('the link', ({ connection }) => connection.status === 'connected');
    person.phone.dismiss(person.call.id);
  }
  await alice.until('two phones', ({ extensions }) =>
    ['1001', '1002'].every((number) =>
      extensions.some(({ id, status }) => id === number && status === 'idle'),
    ),
  );
  await alice.phone.dial('1002');
  await bob.phone.accept(await bob.untilCall('ringing'));
  await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
  await Promise.all([alice.leave(), bob.leave()]);
  await second.stop();
});
