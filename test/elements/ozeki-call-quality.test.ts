import { expect, fixtureSync, html } from '@open-wc/testing';
import '../../src/define/ozeki-call-quality.js';
import type { OzekiCallQuality } from '../../src/elements/ozeki-call-quality/ozeki-call-quality.js';
import { plot } from '../../src/elements/ozeki-call-quality/plot.js';
import type { CallQuality, PhoneCall } from '../../src/phone/state.js';
import { aCall } from '../support/fake-phone.js';
import { inside, rendered, shown, withPhone } from './tags.js';

const NOW = Date.now();
const GOOD: CallQuality = { at: NOW, mos: 4.31, loss: 0.004, jitter: 5.2, roundTrip: 31 };

/** A call measured every two seconds. */
function measured(samples: Partial<CallQuality>[], differences: Partial<PhoneCall> = {}): PhoneCall {
  const qualityLog = samples.map((one, index) => ({
    ...GOOD,
    at: NOW - (samples.length - 1 - index) * 2000,
    ...one,
  }));
  return aCall({ quality: qualityLog.at(-1)!, qualityLog, ...differences });
}

async function quality(
  ...calls: PhoneCall[]
): Promise<{ tag: OzekiCallQuality; show(...calls: PhoneCall[]): Promise<void>; host: HTMLElement }> {
  const { tag, fake, host } = await withPhone<OzekiCallQuality>('<ozeki-call-quality></ozeki-call-quality>');
  const show = async (...now: PhoneCall[]) => {
    fake.setCalls(...now);
    await rendered(tag);
  };
  if (calls.length) await show(...calls);
  return { tag, show, host };
}

const rows = (tag: Element) =>
  [...tag.shadowRoot!.querySelectorAll('.row')].map((row) => row.textContent.replace(/\s+/g, ' ').trim());
const news = (tag: Element) => inside(tag, '[role=status]').textContent.trim();
const lines = (tag: Element) =>
  [...tag.shadowRoot!.querySelectorAll('.line')].map((line) => line.getAttribute('d')!);

describe('<ozeki-call-quality>', () => {
  it('has words for no call, for one that is being measured, and for one on hold', async () => {
    const { tag, show } = await quality();
    expect(shown(tag)).to.include('No call to measure');
    expect(tag).to.match(':state(empty)');
    await expect(tag).to.be.accessible();
    await show(aCall({ quality: null }));
    expect(shown(tag)).to.include('Measuring…');
    await expect(tag).to.be.accessible();
    await show(aCall({ quality: null, heldRemotely: true }));
    expect(shown(tag)).to.include('On hold').and.include('nothing is being sent');
    await expect(tag).to.be.accessible();
  });

  it('shows the values, with their units', async () => {
    const { tag } = await quality(measured([{}, {}]));
    expect(rows(tag)).to.deep.equal(['Loss 0.4%', 'Jitter 5 ms', 'Round trip 31 ms']);
    expect(inside(tag, '.mos').textContent).to.include('4.3');
    await expect(tag).to.be.accessible();
  });

  it('shows a round trip that nobody reported as none', async () => {
    const { tag } = await quality(measured([{ roundTrip: null }]));
    expect(rows(tag)[2]).to.equal('Round trip –');
  });

  for (const [mos, word] of [
    [4.3, 'good'],
    [3.5, 'fair'],
    [2.8, 'poor'],
  ] as const) {
    it(`says ${word} at a MOS of ${mos}`, async () => {
      const { tag } = await quality(measured([{ mos }]));
      expect(inside(tag, '.word').textContent.trim().toLowerCase()).to.equal(word);
      expect(tag).to.match(`:state(${word})`);
      await expect(tag).to.be.accessible();
    });
  }

  it('tells all of it in sentences', async () => {
    const { tag } = await quality(measured([{ mos: 3.9 }, { mos: 4.4 }, {}]));
    expect(inside(tag, '.visually-hidden').textContent).to.equal(
      'Good: MOS 4.3, loss 0.4%, jitter 5 ms, round trip 31 ms. In the last minute the MOS was between 3.9 and 4.4.',
    );
  });

  it('writes numbers as the language does', async () => {
    const { tag, host } = await quality(measured([{}]));
    host.lang = 'de';
    tag.requestUpdate();
    await rendered(tag);
    expect(inside(tag, '.mos').textContent).to.include('4,3');
  });

  it('warns, and says aloud only what changes', async () => {
    const { tag, show } = await quality(measured([{}]));
    expect(news(tag)).to.equal('');
    const call = measured([{ loss: 0.08 }], { qualityWarnings: ['loss', 'mos'] });
    await show(call);
    const said = news(tag);
    expect(said).to.match(/Parts of the sound are lost.*hard to follow/);
    expect(tag).to.match(':state(warning)');
    expect(tag.shadowRoot!.querySelectorAll('.notice')).to.have.length(2);
    expect(inside(tag, '.bad').textContent).to.include('Loss');
    await expect(tag).to.be.accessible();
    await show({ ...call, quality: { ...GOOD, loss: 0.09 } });
    expect(news(tag)).to.equal(said);
    await show({ ...call, qualityWarnings: [] });
    expect(news(tag)).to.equal('The call is easy to follow again.');
    await show({ ...call, qualityWarnings: [], state: 'ended' });
    expect(news(tag)).to.equal('');
  });

  it('shows the call that is named, else the selected one', async () => {
    const one = measured([{ mos: 4.3 }]);
    const two = measured([{ mos: 2.8 }]);
    const { tag } = await quality(one, two);
    expect(tag).to.match(':state(good)');
    tag.callId = two.id;
    await rendered(tag);
    expect(tag).to.match(':state(poor)');
  });

  it('keeps the last values while the call is on hold, and says so', async () => {
    const { tag } = await quality(measured([{}, {}], { heldLocally: true }));
    expect(inside(tag, '.notice').textContent).to.include('Not measured now');
    expect(rows(tag)).to.have.length(3);
  });

  it('uses no inline style', async () => {
    const { tag } = await quality(measured([{}, {}]));
    expect(tag.shadowRoot!.querySelector('[style]')).to.equal(null);
  });

  it('is accessible in the dark, mirrored from right to left, and fits', async () => {
    const { tag, host } = await quality(measured([{}, { loss: 0.05 }], { qualityWarnings: ['loss'] }));
    host.style.colorScheme = 'dark';
    host.dir = 'rtl';
    await expect(tag).to.be.accessible();
    expect(getComputedStyle(inside(tag, '.plot')).transform).to.match(/^matrix\(-1/);
    for (const width of [80, 240, 320, 900]) {
      host.style.width = `${width}px`;
      const base = inside(tag, '.base');
      expect(base.scrollWidth, `${width} px`).to.be.at.most(base.clientWidth);
    }
  });

  it('has words for a page without a client', async () => {
    const tag = fixtureSync<OzekiCallQuality>(html`<ozeki-call-quality></ozeki-call-quality>`);
    await rendered(tag);
    expect(shown(tag)).to.include('No call to measure');
  });
});

describe('the plot', () => {
  const scale = { from: 0, to: 10, limit: 5 };
  const drawn = (values: readonly (readonly [number, number | null])[]) => {
    const host = fixtureSync<SVGElement>(
      html`<svg>
        ${plot(
          values.map(([at, value]) => ({ at, value })),
          scale,
        )}
      </svg>`,
    );
    return lines({ shadowRoot: host } as unknown as Element)[0];
  };

  it('puts the latest value at the end, and a minute across', () => {
    expect(
      drawn([
        [0, 0],
        [6000, 10],
        [12_000, 5],
      ]),
    ).to.equal('M160 38h0L180 2L200 20');
  });

  it('keeps values inside that are off the scale', () => {
    expect(
      drawn([
        [0, -5],
        [6000, 99],
      ]),
    ).to.equal('M180 38h0L200 2');
  });

  it('has a gap where nothing was measured, and dots for values that stand alone', () => {
    expect(
      drawn([
        [0, 5],
        [30_000, 5],
        [32_000, 5],
      ]),
    ).to.equal('M93.3 20h0M193.3 20h0L200 20');
  });

  it('leaves out what is not known', () => {
    expect(
      drawn([
        [0, null],
        [2000, 5],
      ]),
    ).to.equal('M200 20h0');
    expect(drawn([])).to.equal('');
  });
});
