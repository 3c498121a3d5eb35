import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyPassword } from '../../../src/pbx/accounts/index.js';
import { cli, cliInTerminal } from './process.js';

describe('hash-password', () => {
  it('turns the first line of a pipe into a hash the password fits', async () => {
    const running = cli(['hash-password']);
    running.endInput('pass wörd $1\nsecond line\n');
    const { code, stdout, stderr } = await running.ended;
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^scrypt\$\S+\n$/);
    assert.ok(await verifyPassword('pass wörd $1', stdout.trim()));
    assert.ok(!(await verifyPassword('pass wörd $1\nsecond line', stdout.trim())));
  });

  it('refuses an empty password', async () => {
    const running = cli(['hash-password']);
    running.endInput('\n');
    const { code, stdout, complaints } = await running.ended;
    assert.deepEqual([code, stdout], [2, '']);
    assert.deepEqual(complaints, [
      'ozeki-webphone: password: expected at least one character on standard input.',
    ]);
  });

  it('refuses what it does not know', async () => {
    const running = cli(['hash-password', '--passwrod', 'x']);
    const { code, complaints } = await running.ended;
    assert.equal(code, 2);
    assert.match(complaints.join(), /--passwrod: unknown flag/);
  });

  it('asks twice in a terminal and shows nothing of what is typed', async () => {
    const running = cliInTerminal(['hash-password']);
    await running.said(/Password: $/);
    running.write('hunterX\u007f2\r');
    await running.said(/Once more: $/);
    running.write('hunter2\r');
    const { code, stdout } = await running.ended;
    assert.equal(code, 0, stdout);
    assert.ok(!stdout.includes('hunter') && !stdout.includes('2\r\nO'), stdout);
    const hash = /scrypt\$\S+/.exec(stdout)?.[0] ?? '';
    assert.ok(await verifyPassword('hunter2', hash), stdout);
  });

  it('refuses two that differ, and gives up on Ctrl+C', async () => {
    const differing = cliInTerminal(['hash-password']);
    await differing.said(/Password: $/);
    differing.write('one\r');
    await differing.said(/Once more: $/);
    differing.write('two\r');
    const end = await differing.ended;
    assert.equal(end.code, 2);
    assert.match(end.stdout, /password: expected the same password twice\./);

    const interrupted = cliInTerminal(['hash-password']);
    await interrupted.said(/Password: $/);
    interrupted.write('abc\u0003');
    assert.equal((await interrupted.ended).code, 1);
  });
});
