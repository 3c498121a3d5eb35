import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Phone } from '../exchange/office.js';
import { collectsGarbage } from '../../support/garbage.js';
import { Company, eventually } from './company.js';

describe('a call to an API extension', () => {
  let company: Company;
  let front: Phone;
  let sales: Phone;

  beforeEach(async () => {
    company = await new Company().start();
    front = company.office.phone('1001');
    sales = company.office.phone('1002');
  });
  afterEach(() => company.stop());

  /** The site answers this to an incoming call, and 1001 calls. */
  async function call(ozml: string | undefined, path = '/'): Promise<string> {
    company.site.answers.set(path, ozml);
    const id = await front.start('9999');
    // The media of the caller is there at once.
    for (const { observer } of front.media()) observer.connected();
    return id;
  }
  const press = (digits: string) => {
    for (const digit of digits) front.media().at(-1)!.observer.digit(digit);
  };
  const ended = (id: string) => eventually('the end of the call', () => front.call(id).state === 'ended');
  const url = (path: string) => `${company.address}${path}`;

  it('is announced, answered, spoken to and hung up at the end of the script', async () => {
    const id = await call('<Speak>Hello</Speak><Speak>there</Speak>');
    const told = await company.site.tells('IncomingCall');
    assert.deepEqual([told.Caller, told.ApiExtension], ['1001', '9999']);
    await company.hears('Hello');
    assert.equal(front.call(id).state, 'active');
    await company.hears('there');
    await ended(id);
    assert.equal(front.call(id).endReason, 'remote-hung-up');
    assert.deepEqual(company.journal, ['begun call', 'Speak', 'Speak', 'ended']);
  });

  it('is not answered when the script begins with Reject', async () => {
    const id = await call('<Reject/>');
    await ended(id);
    assert.deepEqual([front.call(id).endReason, front.call(id).answeredAt], ['rejected', null]);
  });

  it('is rejected where there is no site', async () => {
    const id = await front.start('9998');
    await ended(id);
    assert.equal(front.call(id).endReason, 'rejected');
  });

  it('is rejected, and the error reported, when the site does not answer in time', async () => {
    const id = await call('hang');
    await ended(id);
    const error = await company.site.tells('Error');
    assert.equal(error.ErrorCode, '302');
    assert.equal(error.ApiExtension, '9999');
    assert.equal(front.call(id).endReason, 'rejected');
  });

  for (const [what, ozml, code] of [
    ['malformed XML', '<Speak>', '300'],
    ['a doctype', '<Speak>x</Speak></Response><!DOCTYPE x>', '300'],
    ['an unknown command', '<Speak>x</Speak><Dance/>', '301'],
    ['a command of the reference that is not here', '<SQL/>', '301'],
    ['a missing parameter', '<Delay/>', '302'],
    ['a command of another set', '<Hold/>', '303'],
    ['Reject that is not first', '<Delay>0</Delay><Reject/>', '303'],
  ] as const) {
    it(`is rejected, and nothing runs, for ${what}`, async () => {
      const id = await call(ozml);
      await ended(id);
      const error = await company.site.tells('Error');
      assert.equal(error.ErrorCode, code);
      assert.deepEqual(company.journal, [`error ${code}`]);
      assert.equal(front.call(id).answeredAt, null);
    });
  }

  it('ends where a value turns out to be none while it runs', async () => {
    const id = await call(
      '<Var ID="t" Value="soon"/><Speak>Wait</Speak><Delay>$t</Delay><Speak>never</Speak>',
    );
    await company.hears('Wait');
    await ended(id);
    assert.equal((await company.site.tells('Error')).ErrorCode, '302');
    assert.deepEqual(company.journal, ['begun call', 'Speak', 'error 302', 'ended']);
  });

  it('ends with an error where a file is missing, or a text cannot be spoken', async () => {
    const missing = await call('<Play>missing.wav</Play><Speak>never</Speak>');
    await ended(missing);
    assert.match((await company.site.tells('Error')).ErrorMessage!, /'AudioFile'.*'Play'/);
    const mute = await call('<Speak>unspeakable</Speak>');
    await ended(mute);
    assert.match((await company.site.tells('Error', 2)).ErrorMessage!, /'Text'.*'Speak'/);
  });

  it('ends for the script when the caller hangs up; nothing is an error', async () => {
    const id = await call('<Speak>Hello</Speak><Speak>never</Speak>');
    await company.says('Hello');
    front.hangUp(id);
    await eventually('the end', () => company.journal.at(-1) === 'ended');
    assert.deepEqual(company.journal, ['begun call', 'Speak', 'ended']);
    assert.deepEqual(company.site.named('Error'), []);
  });

  it('goes on in the script that GoTo leads to, with the same variables', async () => {
    company.site.answers.set('/next', '<Speak>$who</Speak>');
    const id = await call(`<Var ID="who" Value="Ann"/><GoTo>${url('/next')}</GoTo><Speak>never</Speak>`);
    await company.hears('Ann');
    await ended(id);
    assert.deepEqual(company.site.named('GoTo'), [{ NotificationName: 'GoTo' }]);
  });

  it('comes to an end when scripts only lead to each other', async () => {
    company.site.answers.set('/round', `<GoTo>${url('/round')}</GoTo>`);
    const id = await call(`<GoTo>${url('/round')}</GoTo>`);
    await ended(id);
    const error = await company.site.tells('Error');
    assert.deepEqual([error.ErrorCode, error.ErrorMessage], ['303', "Command 'GoTo' cannot be used here"]);
    assert.equal(company.site.named('GoTo').length, 20);
  });

  it('may go round as long as it does something', async () => {
    let rounds = 0;
    company.site.answers.set('/round', () =>
      (rounds += 1) < 30 ? `<Speak>again</Speak><GoTo>${url('/round')}</GoTo>` : '<Hangup/>',
    );
    const id = await call(`<GoTo>${url('/round')}</GoTo>`);
    for (let heard = 1; heard < 30; heard += 1) await company.hears('again');
    await ended(id);
    assert.deepEqual(company.site.named('Error'), []);
  });

  it('is transferred; when that fails the script goes on', async () => {
    const id = await call(
      '<BlindTransfer>1003</BlindTransfer><Speak>Sorry</Speak><BlindTransfer>1002</BlindTransfer>',
    );
    await company.hears('Sorry');
    await eventually('ringing', () => sales.told('call.changed').length > 0);
    await sales.accept(sales.ringing());
    await eventually('the connection', () => front.hears() === sales.contact.id);
    assert.equal(front.call(id).state, 'active', 'the end of the script does not end the call');
    front.hangUp(id);
    await eventually('the end', () => company.journal.at(-1) === 'ended');
    assert.deepEqual(company.site.named('Error'), []);
  });

  it('sends e-mail and SMS; what cannot be sent is reported, and the script goes on', async () => {
    const id = await call(
      '<SendEmail Recipient="ann@example.com" Subject="Hi">Text</SendEmail>' +
        `<SendSms Recipient="nobody" DeliveryReportURL="${url('/report')}">x</SendSms>` +
        `<SendSms Recipient="+361" Sender="Shop" DeliveryReportURL="${url('/report')}">Hello</SendSms><Speak>Done</Speak>`,
    );
    await company.hears('Done');
    await ended(id);
    assert.deepEqual(company.post.mails, [{ to: 'ann@example.com', subject: 'Hi', text: 'Text' }]);
    assert.equal((await company.site.tells('Error')).ErrorCode, '501');
    const [sms] = company.post.sms;
    assert.deepEqual([sms?.sender, sms?.recipient, sms?.text], ['Shop', '+361', 'Hello']);
    company.post.report({ id: sms!.id, delivered: true, reportTo: sms!.reportTo! });
    const report = await company.site.tells('SMSDeliveryReport');
    assert.deepEqual(report, {
      NotificationName: 'SMSDeliveryReport',
      Delivered: 'true',
      ID: sms!.id,
      ApiExtension: '9999',
    });
  });

  describe('with a menu', () => {
    const menu = (attributes: string, inputs: string, says = '<Speak>Choose</Speak>') =>
      `<UserInput ${attributes}><InitialCommands>${says}</InitialCommands><Inputs>${inputs}</Inputs></UserInput><Speak>Bye</Speak>`;
    const key = (keys: string, commands: string) => `<Input Key="${keys}">${commands}</Input>`;

    it('runs what belongs to a key, which cuts off what is being said', async () => {
      const id = await call(menu('', key('1', '<Speak>One</Speak>') + key('2', '<Speak>Two</Speak>')));
      await company.says('Choose');
      press('2');
      await company.hears('Two');
      await company.hears('Bye');
      await ended(id);
    });

    it('takes keys of several digits, and waits where a longer one could be meant', async (test) => {
      test.after(collectsGarbage());
      const keys = key('1', '<Speak>One</Speak>') + key('12', '<Speak>Twelve</Speak>');
      const id = await call(menu('', keys));
      await company.says('Choose');
      press('12');
      await company.hears('Twelve');
      front.hangUp(id);
      const again = await call(menu('', keys));
      await company.says('Choose');
      press('1');
      await company.hears('One');
      front.hangUp(again);
    });

    it('knows the item of the loop it stands in', async () => {
      const people = '<Array ID="people"><item room="4">Ann</item><item room="5">Bob</item></Array>';
      const inside = menu(
        '',
        key('1', '<Speak>$item is in room $item.room</Speak>'),
        '<Speak>$item?</Speak>',
      );
      const id = await call(`${people}<ForEach Source="people">${inside}</ForEach>`);
      for (const [name, room] of [
        ['Ann', 4],
        ['Bob', 5],
      ]) {
        await company.says(`${name}?`);
        press('1');
        await company.hears(`${name} is in room ${room}`);
        await company.hears('Bye');
      }
      await ended(id);
    });

    it('hands other keys to the site, and runs what it answers', async () => {
      company.site.answers.set('/pin', ({ fields }) => `<Speak>You entered ${fields.DtmfDigits}</Speak>`);
      const id = await call(menu(`Digits="4" ForwardToUrl="${url('/pin')}"`, key('0', '<Hangup/>')));
      await company.says('Choose');
      press('2468');
      const entered = await company.site.tells('DtmfEntered');
      assert.deepEqual([entered.DtmfDigits, entered.ApiExtension], ['2468', '9999']);
      await company.hears('You entered 2468');
      await company.hears('Bye');
      await ended(id);
    });

    it('is over when nobody presses anything in time; with Repeat it says it again', async () => {
      const id = await call(menu('', key('1', '')));
      await company.hears('Choose');
      await company.hears('Bye');
      await ended(id);
      const again = await call(menu('Repeat="true"', key('1', '<Speak>One</Speak>')));
      await company.hears('Choose');
      await company.hears('Choose');
      await company.says('Choose');
      press('1');
      await company.hears('One');
      front.hangUp(again);
    });

    it('does not take a wrong key; with Repeat it says it again', async () => {
      const id = await call(menu('Timeout="5"', key('1', '<Speak>One</Speak>')));
      await company.says('Choose');
      press('7');
      await eventually('silence', () => company.playing().length === 0);
      press('1');
      await company.hears('One');
      front.hangUp(id);
      const again = await call(menu('Repeat="true" Timeout="5"', key('1', '<Speak>One</Speak>')));
      await company.hears('Choose');
      press('7');
      await company.says('Choose');
      front.hangUp(again);
    });

    it('leads back from a menu inside of it', async () => {
      const inner = menu('BackKey="*"', key('1', '<Speak>Inner one</Speak>'), '<Speak>Inner</Speak>');
      const id = await call(menu('Timeout="5"', key('5', inner) + key('9', '<Speak>Nine</Speak>')));
      await company.says('Choose');
      press('5');
      await company.says('Inner');
      press('*');
      await company.says('Choose');
      press('51');
      await company.hears('Inner one');
      await company.hears('Bye');
      await company.hears('Bye');
      await ended(id);
    });

    it('may lead to another script while it is being said', async () => {
      company.site.answers.set('/next', '<Speak>Next</Speak>');
      const id = await call(menu('', key('1', ''), `<GoTo>${url('/next')}</GoTo>`));
      await company.hears('Next');
      await ended(id);
    });

    it('forgets what was pressed before it, and ends with the call', async () => {
      const id = await call(`<Speak>Welcome</Speak>${menu('Timeout="5"', key('1', '<Speak>One</Speak>'))}`);
      await company.says('Welcome');
      press('1');
      await company.hears('Welcome');
      await company.says('Choose');
      front.hangUp(id);
      await eventually('the end', () => company.journal.at(-1) === 'ended');
      assert.deepEqual(company.site.named('Error'), []);
    });
  });

  describe('that it makes itself', () => {
    const request = (dialed: string, more: object = {}) => ({
      apiExtension: '9999',
      dialed,
      url: url('/connected'),
      ...more,
    });

    it('resolves when it rings, and asks the site when it is answered', async () => {
      company.site.answers.set('/connected', '<Speak>Reminder</Speak>');
      await company.scripts.outgoing.call(request('1001', { callerId: '+361', callerDisplayName: 'Doctor' }));
      const rung = front.ringing();
      assert.deepEqual(front.call(rung).remote, { number: '+361', name: 'Doctor' });
      await front.accept(rung);
      for (const { observer } of front.media()) observer.connected();
      const told = await company.site.tells('CallConnected');
      assert.deepEqual([told.Callee, told.ApiExtension], ['1001', '9999']);
      await company.hears('Reminder');
      await ended(rung);
    });

    it('says why nobody was reached', async () => {
      const { outgoing } = company.scripts;
      await assert.rejects(outgoing.call(request('4711')), { code: 402, message: /4711.*NotFound/ });
      await assert.rejects(outgoing.call(request('1003')), { code: 402 });
      await assert.rejects(outgoing.call({ ...request('1001'), apiExtension: '7' }), {
        code: 401,
        message: /7/,
      });
    });

    it('reports errors to the address of the command, and hangs up', async () => {
      await company.scripts.outgoing.call(request('1001', { errorUrl: url('/own-error') }));
      company.site.answers.set('/connected', '<Dance/>');
      const rung = front.ringing();
      await front.accept(rung);
      await ended(rung);
      const error = await company.site.tells('Error');
      assert.equal(error.ErrorCode, '301');
      assert.equal(company.site.told.find(({ fields }) => fields === error)?.path, '/own-error');
    });

    it('can be a command of a script', async () => {
      company.site.answers.set('/connected', '<Speak>Called back</Speak>');
      const id = await call(
        `<Call Dialled="1002" Url="${url('/connected')}"/><Call Dialled="4711" Url="${url('/connected')}"/><Speak>Done</Speak>`,
      );
      await company.hears('Done');
      assert.equal((await company.site.tells('Error')).ErrorCode, '402');
      await ended(id);
      await sales.accept(sales.ringing());
      for (const { observer } of sales.media()) observer.connected();
      await company.hears('Called back');
    });
  });
});

describe('what a command or script names', () => {
  it('is not visited in private networks, unless the configuration lists them', async (test) => {
    const company = await new Company().start({ allowTargets: [] });
    test.after(() => company.stop());
    // No sound comes about: the script begins when it was waited for long enough.
    test.after(collectsGarbage());
    const front = company.office.phone('1001');
    company.site.answers.set('/', `<GoTo>${company.address}/next</GoTo>`);
    const id = await front.start('9999');
    const error = await company.site.tells('Error');
    assert.equal(error.ErrorCode, '307');
    await eventually('the end', () => front.call(id).state === 'ended');
    assert.deepEqual(company.site.named('GoTo'), []);
  });
});

describe('a message to an API extension', () => {
  let company: Company;
  const message = { id: 'm1', sender: '+361', recipient: '9999', text: 'Hi', apiExtension: '9999' };
  beforeEach(async () => {
    company = await new Company().start();
  });
  afterEach(() => company.stop());

  it('is handed to the site, whose answer runs', async () => {
    company.site.answers.set('/sms', '<SendSms Recipient="+361">Thank you</SendSms>');
    assert.equal(await company.post.incoming(message), true);
    assert.deepEqual(await company.site.tells('IncomingSMS'), {
      NotificationName: 'IncomingSMS',
      Sender: '+361',
      Recipient: '9999',
      ID: 'm1',
      ApiExtension: '9999',
      Message: 'Hi',
    });
    await eventually('the reply', () => company.post.sms.length === 1);
    assert.deepEqual([company.post.sms[0]!.sender, company.post.sms[0]!.text], ['9999', 'Thank you']);
  });

  it('takes no commands that need a call', async () => {
    company.site.answers.set('/sms', '<SendSms Recipient="+361">x</SendSms><Speak>Hello</Speak>');
    assert.equal(await company.post.incoming(message), true);
    assert.equal((await company.site.tells('Error')).ErrorCode, '303');
    assert.deepEqual(company.post.sms, []);
  });

  it('is not taken where there is no site, or it is gone', async () => {
    assert.equal(await company.post.incoming({ ...message, apiExtension: '9998' }), false);
    company.site.answers.set('/sms', 'hang');
    assert.equal(await company.post.incoming(message), false);
  });
});
