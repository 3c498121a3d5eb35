/** What users are told to write into their servers is what runs here. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

test('every block on the page of Kamailio is in the configuration the tests run', () => {
  const configuration = read('test/support/sip-lab/kamailio.cfg');
  const page = read('src/signaling/sip/servers/kamailio.md');
  const blocks = [...page.matchAll(/^```kamailio\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
  assert.ok(blocks.length >= 8);
  for (const block of blocks) assert.ok(configuration.includes(block), block);
});
