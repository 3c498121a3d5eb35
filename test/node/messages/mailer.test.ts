/** The mailer against a real mail server. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, afterEach, describe, it } from 'node:test';
import type { EmailSettings } from '../../../src/pbx/config/settings.js';
import { createMailer, MessageError } from '../../../src/pbx/messages/index.js';
import type { Mail, Mailer } from '../../../src/pbx/messages/index.js';
import { createLog } from '../../../src/pbx/log.js';
import { MailServer, readMail } from '../../support/mail-server.js';
import { makeCertificate } from '../http/certificate.js';

const MAIL: Mail = { to: 'ann@example.com', subject: 'Missed call', text: 'Somebody called.\n' };

const folder = mkdtempSync(join(tmpdir(), 'ozeki-mail-'));
after(() => rmSync(folder, { recursive: true }));

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(options: Parameters<typeof MailServer.start>[0] = {}): Promise<MailServer> {
  const server = await MailServer.start(options);
  closers.push(() => server.close());
  return server;
}

function mailerTo(port: number, more: Partial<EmailSettings> = {}, ca?: string): Mailer {
  const settings: EmailSettings = {
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'Phone <pbx@example.com>',
    ...more,
  };
  const mailer = createMailer({
    settings: () => settings,
    log: createLog('silent'),
    ...(ca !== undefined && { ca }),
  });
  closers.push(() => mailer.close());
  return mailer;
}

const failsAs = (problem: string, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof MessageError, String(error));
  assert.equal(error.problem, problem);
  assert.match(error.message, words);
  return true;
};

describe('an e-mail', () => {
  it('arrives with its headers and text, in any language', async () => {
    const server = await serve();
    const { messageId } = await mailerTo(server.port).send({
      ...MAIL,
      to: '"Lee, Ann" <ann@example.com>,bob@example.com',
      subject: 'Hívás: Kovács úr',
      text: 'Grüße, Ελλάδα!\nSecond line.\n',
    });
    const mail = await server.mail();
    assert.deepEqual([mail.from, mail.to], ['pbx@example.com', ['ann@example.com', 'bob@example.com']]);
    const { headers, body } = readMail(mail.raw);
    assert.equal(headers.get('from'), 'Phone <pbx@example.com>');
    assert.equal(headers.get('to'), '"Lee, Ann" <ann@example.com>, bob@example.com');
    assert.equal(decodeWord(headers.get('subject') ?? ''), 'Hívás: Kovács úr');
    assert.equal(headers.get('message-id'), messageId);
    assert.equal(headers.get('auto-submitted'), 'auto-generated');
    assert.match(headers.get('content-type') ?? '', /^text\/plain; charset=utf-8/);
    assert.equal(
      decodeBody(headers.get('content-transfer-encoding'), body).trimEnd(),
      'Grüße, Ελλάδα!\r\nSecond line.'.replaceAll('\r\n', '\n'),
    );
  });

  it('comes from whom it says, but comes back to the phone system', async () => {
    const server = await serve();
    await mailerTo(server.port).send({ ...MAIL, from: 'Sales <sales@example.com>' });
    const mail = await server.mail();
    assert.equal(mail.from, 'pbx@example.com');
    assert.equal(readMail(mail.raw).headers.get('from'), 'Sales <sales@example.com>');
  });

  it('carries its attachments byte by byte', async () => {
    const server = await serve();
    const recording = Buffer.from(Array.from({ length: 5000 }, (_, index) => index & 255));
    await mailerTo(server.port).send({
      ...MAIL,
      attachments: [
        { filename: 'message.mp3', content: recording },
        { filename: 'numéro.txt', content: Readable.from(['streamed']), contentType: 'text/plain' },
      ],
    });
    const { raw } = await server.mail();
    const parts = raw.split(/\r\n--[^\r\n]+/).map((part) => readMail(part.trimStart()));
    const audio = parts.find(({ headers }) => headers.get('content-type')?.startsWith('audio/mpeg'));
    assert.match(audio?.headers.get('content-disposition') ?? '', /^attachment; filename=message\.mp3$/);
    assert.deepEqual(Buffer.from(audio?.body ?? '', 'base64'), recording);
    const text = parts.find(({ headers }) => /numero|num%C3%A9ro/.test([...headers.values()].join()));
    assert.ok(text, raw);
    assert.match(raw, /streamed|c3RyZWFtZWQ=/);
  });

  it('cannot be given more headers or recipients than it has', async () => {
    const server = await serve();
    const mailer = mailerTo(server.port);
    await mailer.send({ ...MAIL, subject: 'Hello\r\nBcc: eve@example.com\r\n\r\nBody' });
    const { raw, to } = await server.mail();
    assert.deepEqual(to, ['ann@example.com']);
    assert.equal(readMail(raw).headers.get('bcc'), undefined);
    assert.equal(readMail(raw).headers.get('subject'), 'Hello Bcc: eve@example.com Body');
    for (const address of [
      ...['', 'ann', 'ann@', '@example.com', 'ann@example.com\r\nBcc: eve@example.com', 'a b@example.com'],
      ...['ann@example.com\nRCPT TO:<eve@example.com>', 'Ann <ann@example.com', 'friends: ann@example.com;'],
      ...[
        '"ann\\" x"@example.com',
        'Ann <ann@example.com> x',
        '<>',
        'ann@example.com, ',
        ',',
        'ann@exam\u0000ple.com',
      ],
      Array.from({ length: 51 }, (_, index) => `a${index}@example.com`).join(','),
    ]) {
      await assert.rejects(mailer.send({ ...MAIL, to: address }), failsAs('invalid', /e-mail/), address);
      await assert.rejects(mailer.send({ ...MAIL, from: address }), failsAs('invalid', /e-mail/), address);
    }
    assert.equal(server.received.length, 1);
  });

  it('goes over TLS from the first byte or by STARTTLS, to a server that proves who it is', async () => {
    const { cert, key } = makeCertificate(folder, 'mail');
    const files = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
    for (const security of ['tls', 'starttls'] as const) {
      const server = await serve({ ...files, secure: security === 'tls' });
      await mailerTo(server.port, { security, host: 'localhost' }, files.cert).send(MAIL);
      assert.equal((await server.mail()).secure, true, security);
      await assert.rejects(
        mailerTo(server.port, { security, host: 'localhost' }).send(MAIL),
        failsAs('unreachable', /cannot be reached or broke off/),
      );
      assert.equal(server.received.length, 1);
    }
  });

  it('is not sent in the clear where STARTTLS is asked for', async () => {
    const server = await serve();
    await assert.rejects(
      mailerTo(server.port, { security: 'starttls' }).send(MAIL),
      (error) => error instanceof MessageError,
    );
    assert.equal(server.received.length, 0);
  });

  it('signs in where there is a user name', async () => {
    const server = await serve({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        username === 'pbx' && password === 'secret' ? done(null, { user: 'pbx' }) : done(new Error('No.')),
    });
    await mailerTo(server.port, { username: 'pbx', password: 'secret' }).send(MAIL);
    assert.equal((await server.mail()).user, 'pbx');
    await assert.rejects(
      mailerTo(server.port, { username: 'pbx', password: 'hunter2' }).send(MAIL),
      (error) => failsAs('unauthorized', /user name and password/)(error) && !/hunter2/.test(String(error)),
    );
    await assert.rejects(mailerTo(server.port).send(MAIL), MessageError);
  });

  it('to somebody the server does not know says so', async () => {
    const server = await serve({
      onRcptTo: ({ address }, _session, done) =>
        done(address === 'ann@example.com' ? null : Object.assign(new Error('Who?'), { responseCode: 550 })),
    });
    const mailer = mailerTo(server.port);
    await assert.rejects(
      mailer.send({ ...MAIL, to: 'nobody@example.com' }),
      failsAs('destination-not-found', /does not know the recipient.*550 Who\?/),
    );
    await assert.rejects(
      mailer.send({ ...MAIL, to: 'ann@example.com, nobody@example.com' }),
      failsAs('destination-not-found', /1 of the recipients; the others have/),
    );
    assert.deepEqual((await server.mail()).to, ['ann@example.com']);
  });

  it('that the server does not want says so', async () => {
    const server = await serve({
      onMailFrom: (_address, _session, done) =>
        done(Object.assign(new Error('Not from here'), { responseCode: 554 })),
    });
    await assert.rejects(mailerTo(server.port).send(MAIL), failsAs('refused', /554 Not from here/));
  });

  it('to a server that is down, or breaks off, says so', async () => {
    const listener = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    await assert.rejects(mailerTo(port).send(MAIL), failsAs('unreachable', /127\.0\.0\.1 cannot be reached/));
    await new Promise((resolve) => listener.close(resolve));
    await assert.rejects(mailerTo(port).send(MAIL), failsAs('unreachable', /127\.0\.0\.1 cannot be reached/));
  });

  it('is not sent without a mail server in the configuration, and goes to another when that changes', async () => {
    const [one, other] = [await serve(), await serve()];
    let settings: EmailSettings | undefined;
    const mailer = createMailer({ settings: () => settings, log: createLog('silent') });
    closers.push(() => mailer.close());
    await assert.rejects(mailer.send(MAIL), failsAs('not-configured', /key "email"/));
    for (const server of [one, other]) {
      settings = { host: '127.0.0.1', port: server.port, security: 'none', from: 'pbx@example.com' };
      await mailer.send(MAIL);
      assert.equal((await server.mail()).to.length, 1);
    }
    assert.equal(one.received.length, 1);
  });
});

/** An encoded word of a header (RFC 2047). */
function decodeWord(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_all, kind: string, content: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(content, 'base64').toString()
        : decodeQuoted(content.replaceAll('_', ' ')),
    );
}

function decodeQuoted(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function decodeBody(encoding: string | undefined, body: string): string {
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : encoding === 'quoted-printable'
        ? decodeQuoted(body)
        : body;
  return text.replaceAll('\r\n', '\n');
}
