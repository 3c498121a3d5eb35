/** Media that breaks in a call: how long the call waits for it. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { MEDIA_GRACE_MS } from '../../../src/pbx/exchange/media-grace.js';
import { Office } from './office.js';
import type { Phone } from './office.js';

let office: Office;
let front: Phone;
let sales: Phone;
let call: string;

beforeEach(async () => {
  office = new Office();
  front = office.phone('1001');
  sales = office.phone('1002');
  [call] = await office.talking(front, sales);
});

afterEach(() => office.mustBeQuiet());

const media = () => front.media()[0]!.observer;
const offer = (sdp: string) => office.exchange.reoffer(front.contact, call, sdp);

/** Breaks what was up. */
function breakMedia(): void {
  media().connected();
  media().failed('no path');
}

describe('media that was up and breaks', () => {
  it('may come back with a new offer: the call goes on', async () => {
    breakMedia();
    office.clock.pass(MEDIA_GRACE_MS - 1);
    assert.match(await offer('v=0 again'), /^v=0/);
    office.clock.pass(MEDIA_GRACE_MS - 1);
    media().connected();
    office.clock.pass(10 * MEDIA_GRACE_MS);
    assert.equal(front.call(call).state, 'active');
    front.hangUp(call);
  });

  it('ends the call when it does not come back', () => {
    breakMedia();
    office.clock.pass(MEDIA_GRACE_MS - 1);
    assert.equal(front.call(call).state, 'active');
    office.clock.pass(1);
    assert.equal(front.call(call).endReason, 'media-failed');
  });

  it('ends the call when the new offer brings none either', async () => {
    breakMedia();
    await offer('v=0 again');
    media().failed('no path');
    office.clock.pass(MEDIA_GRACE_MS);
    assert.equal(front.call(call).endReason, 'media-failed');
  });

  it('ends the call when the new offer is of no use', async () => {
    breakMedia();
    await assert.rejects(offer('v=0 broken'), { reason: 'media-failed' });
    office.clock.pass(MEDIA_GRACE_MS);
    assert.equal(front.call(call).endReason, 'media-failed');
  });

  it('is waited for as long as the phone is without its socket, and its full time after that', () => {
    Object.assign(front.contact, { away: true });
    breakMedia();
    office.clock.pass(2.5 * MEDIA_GRACE_MS);
    assert.equal(front.call(call).state, 'active');
    Object.assign(front.contact, { away: false });
    office.clock.pass(MEDIA_GRACE_MS);
    assert.equal(front.call(call).state, 'active');
    office.clock.pass(MEDIA_GRACE_MS);
    assert.equal(front.call(call).endReason, 'media-failed');
  });

  it('leaves no timer when the call ends meanwhile', () => {
    breakMedia();
    front.hangUp(call);
    assert.equal(office.clock.pending, 0);
  });
});

it('media that never comes about is waited for only while the phone is without its socket', () => {
  Object.assign(front.contact, { away: true });
  media().failed('no path');
  assert.equal(front.call(call).state, 'active');
  Object.assign(front.contact, { away: false });
  media().failed('no path');
  assert.equal(front.call(call).endReason, 'media-failed');
});
