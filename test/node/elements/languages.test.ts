import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { SESSION_STATES } from '../../../src/protocol/entities.js';
import { textsOf } from '../../../src/elements/text/other-languages.js';
import type { AllTexts } from '../../../src/elements/text/texts.js';

/** All but English, which is built in. */
const LANGUAGES = ['ar', 'de', 'es', 'fr', 'hu', 'it', 'ja', 'nl', 'pl', 'pt', 'tr'];

type AnyText = string | ((value: never) => string);

const entries = async (code: string) => Object.entries(await textsOf(code)) as [string, AnyText][];

describe('the languages of the kit', () => {
  it('say the same things, each of them', async () => {
    const [first, ...others] = await Promise.all(
      LANGUAGES.map(async (code) => [code, new Set((await entries(code)).map(([key]) => key))] as const),
    );
    for (const [code, keys] of others) assert.deepEqual([...keys].sort(), [...first![1]].sort(), code);
  });

  for (const code of LANGUAGES) {
    describe(code, () => {
      it('leaves nothing empty or unfinished', async () => {
        for (const [key, text] of await entries(code)) {
          if (typeof text === 'function') continue;
          assert.match(text, /^\S(.*\S)?$/u, key);
          assert.doesNotMatch(text, /[{}#]|undefined|\.\.\./, key);
        }
      });

      it('says what it is given', async () => {
        const texts = (await textsOf(code)) as AllTexts;
        for (const key of ['connectWith', 'remotePicture', 'transferTrying', 'transferFailed'] as const)
          assert.match(texts[key]('1002 Sales'), /1002 Sales/, key);
        assert.match(texts.retryIn(7), /7/);
      });

      it('says one thing by one name: no topic takes the words of another', async () => {
        const said = new Map<string, string>();
        for (const file of readdirSync(`src/elements/text/${code}`).filter((name) => name !== 'index.ts')) {
          const topic = (await import(
            `../../../src/elements/text/${code}/${file.replace(/ts$/, 'js')}`
          )) as Record<string, object>;
          for (const [key, text] of Object.values(topic).flatMap(Object.entries) as [string, AnyText][]) {
            if (file === 'problems.ts') continue;
            assert.equal(said.get(key) ?? String(text), String(text), `${file}: ${key}`);
            said.set(key, String(text));
          }
        }
      });

      it('warns of a call, and says in which minutes it was how good', async () => {
        const { qualityWarning, qualityRange, qualityNow, callFrom } = await textsOf(code);
        const warnings = (['loss', 'jitter', 'round-trip', 'mos'] as const).map((one) =>
          qualityWarning!(one),
        );
        assert.equal(new Set(warnings).size, 4);
        for (const minutes of [2, 3, 5]) {
          const range = qualityRange!(minutes, '3.1', '4.2');
          if (!(code === 'ar' && minutes === 2)) assert.match(range, new RegExp(String(minutes)));
          assert.match(range, /3\.1.*4\.2/);
        }
        const now = qualityNow!('Good', '4.3', '1 %', '3 ms', '20 ms');
        for (const part of ['Good', '4.3', '1 %', '3 ms', '20 ms']) assert.ok(now.includes(part), now);
        assert.match(callFrom!('1002 Sales', ''), /1002 Sales$/);
        assert.match(callFrom!('1002 Sales', 'Shop'), /1002 Sales.+Shop/);
      });

      it('has a word of its own for each state of a session', async () => {
        const { sessionState } = await textsOf(code);
        assert.equal(
          new Set(SESSION_STATES.map((state) => sessionState!(state))).size,
          SESSION_STATES.length,
        );
      });

      it('counts', async () => {
        const { sessionCount } = await textsOf(code);
        const few = [0, 1, 2, 3, 5, 11, 21, 25, 100].map((count) => sessionCount!(count));
        for (const text of few) assert.doesNotMatch(text, /#/);
        assert.match(sessionCount!(25), /25/);
      });
    });
  }

  it('take the forms of a noun from the rules of the language', async () => {
    const of = async (code: string) => (await textsOf(code)).sessionCount!;
    const polish = await of('pl');
    assert.deepEqual([1, 2, 5, 22].map(polish), ['1 rozmowa', '2 rozmowy', '5 rozmów', '22 rozmowy']);
    const arabic = await of('ar');
    assert.deepEqual([2, 3, 11].map(arabic), ['جلستان', '3 جلسات', '11 جلسة']);
    assert.deepEqual([1, 2].map(await of('de')), ['1 Gespräch', '2 Gespräche']);
  });

  it('write a duration in the digits of the region', async () => {
    const at = async (code: string, ms: number) => (await textsOf(code)).duration!(ms);
    assert.equal(await at('de', 187_000), '3:07');
    assert.equal(await at('de', 3_600_000 + 61_000), '1:01:01');
    assert.equal(await at('de', -5), '0:00');
    assert.equal(await at('ar-EG', 187_000), '٣:٠٧');
  });

  it('serve their regions, and nobody else', async () => {
    assert.equal((await textsOf('de-at')).hangUp, 'Auflegen');
    assert.deepEqual(await textsOf('sv'), {});
    assert.deepEqual(await textsOf('constructor'), {});
  });
});
