import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { hashPassword, verifyPassword } from '../../../src/pbx/accounts/index.js';
import { decoyHash } from '../../../src/pbx/accounts/passwords.js';

describe('passwords', () => {
  it('fit their hash and no other', async () => {
    const stored = await hashPassword('correct horse');
    assert.match(stored, /^scrypt\$16384\$8\$1\$[\w+/=-]+\$[\w+/=-]+$/);
    assert.equal(await verifyPassword('correct horse', stored), true);
    assert.equal(await verifyPassword('correct horse ', stored), false);
    assert.equal(await verifyPassword('', stored), false);
  });

  it('are salted', async () => {
    assert.notEqual(await hashPassword('same'), await hashPassword('same'));
  });

  it('are checked by the parameters of their own hash', async () => {
    const salt = Buffer.from('salt of a test');
    const hash = scryptSync('secret', salt, 24, { N: 1024, r: 4, p: 2 });
    const stored = `scrypt$1024$4$2$${salt.toString('base64')}$${hash.toString('base64')}`;
    assert.equal(await verifyPassword('secret', stored), true);
    assert.equal(await verifyPassword('Secret', stored), false);
  });

  it('typed on another keyboard are the same', async () => {
    assert.equal(await verifyPassword('Ma\u0301ria', await hashPassword('M\u00e1ria')), true);
  });

  it('checked many at once all get their turn', async () => {
    const stored = await hashPassword('x');
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, n) => verifyPassword(n % 2 ? 'x' : 'y', stored)),
    );
    assert.deepEqual(
      all,
      Array.from({ length: 12 }, (_, n) => n % 2 === 1),
    );
  });

  it('refuse what is no hash', async () => {
    await assert.rejects(verifyPassword('x', 'plain'), /scrypt\$N\$r\$p/);
  });

  it('have a decoy that costs the same and fits nothing', async () => {
    const decoy = decoyHash('scrypt$2048$4$2$AAAA$AAAA');
    assert.match(decoy, /^scrypt\$2048\$4\$2\$/);
    assert.equal(await verifyPassword('', decoy), false);
  });
});
