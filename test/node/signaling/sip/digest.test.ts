import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorization, challengeOf } from '../../../../src/signaling/sip/digest.js';

/** RFC 7616, 3.9.1. */
const SECRET = { user: 'Mufasa', password: 'Circle of Life' };
const REQUEST = { method: 'GET', uri: '/dir/index.html' };
const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
const message = (...lines: string[]) => ['SIP/2.0 401 Unauthorized', ...lines, '', ''].join('\r\n');
const offered = (algorithm: string) =>
  'WWW-Authenticate: Digest realm="http-auth@example.org", qop="auth, auth-int", ' +
  `${algorithm}nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
const responseIn = (value: string) => /response="([^"]*)"/.exec(value)?.[1];

test('SHA-256, as in RFC 7616', async () => {
  const challenge = challengeOf(message(offered('algorithm=SHA-256, ')), 'www-authenticate')!;
  const value = await authorization(SECRET, challenge, REQUEST, CNONCE);
  assert.equal(responseIn(value), '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1');
  assert.match(value, /algorithm=SHA-256/);
});

test('MD5, as in RFC 7616, also where no algorithm is named', async () => {
  for (const algorithm of ['algorithm=MD5, ', '']) {
    const challenge = challengeOf(message(offered(algorithm)), 'www-authenticate')!;
    const value = await authorization(SECRET, challenge, REQUEST, CNONCE);
    assert.equal(responseIn(value), '8ca523f5e9506fed4657c9700eebdbec');
  }
});

test('of several challenges the stronger one is answered, in whichever order they come', () => {
  const [md5, sha] = [offered('algorithm=MD5, '), offered('algorithm=SHA-256, ')];
  for (const lines of [
    [md5, sha],
    [sha, md5],
  ]) {
    assert.equal(challengeOf(message(...lines), 'www-authenticate')?.algorithm, 'sha-256');
  }
});

test('what cannot be answered is no challenge', () => {
  const others = [
    offered('algorithm=SHA-512-256, '),
    offered('').replace('auth, auth-int', 'auth-int'),
    'WWW-Authenticate: Basic realm="x"',
    'WWW-Authenticate: Digest realm="x"',
    offered('').replace('WWW', 'X'),
  ];
  for (const line of others) assert.equal(challengeOf(message(line), 'www-authenticate'), null, line);
  // Only a header is one: a body may say what it likes.
  assert.equal(challengeOf(`${message('A: b')}${offered('')}\r\n`, 'www-authenticate'), null);
});

test('a quote in a user name stays in its place', async () => {
  const challenge = challengeOf(message(offered('')), 'www-authenticate')!;
  const value = await authorization({ user: 'a", uri="x', password: 'p' }, challenge, REQUEST, CNONCE);
  assert.ok(value.startsWith('Digest username="a\\", uri=\\"x", realm='));
});
