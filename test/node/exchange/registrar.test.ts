import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Registrar } from '../../../src/pbx/registrar/index.js';
import type { Contact } from '../../../src/pbx/registrar/index.js';
import type { Identity } from '../../../src/protocol/index.js';

const account = (id: string, name = `Desk ${id}`) =>
  ({ id, name, kind: 'extension', type: 'Webphone' }) as const;
const room = (id: string, name = 'Conference') => ({ ...account(id, name), type: 'Conference' }) as const;

describe('the registrar, while accounts and services change', () => {
  let registrar: Registrar;
  let told: string[];

  const contact = (number: string, kind: Identity['kind'], at: Contact['account']): Contact => ({
    ...{ id: number, account: at, rings: null },
    identity: { number, name: '', kind, privileges: [] },
    tell: (event, data) =>
      told.push([number, event, ...Object.values(data as object)].filter((part) => part !== '').join(' ')),
  });
  const status = (id: string) => registrar.list().find((each) => each.id === id)?.status;

  beforeEach(() => {
    told = [];
    registrar = new Registrar([account('1001'), account('1002')]);
    registrar.replaceServices([room('5000')]);
    registrar.add(contact('1001', 'extension', account('1001')));
    told = [];
  });

  it('tells what is new, changed and gone, and nothing else', () => {
    registrar.replace([account('1001'), account('1003')]);
    registrar.replaceServices([room('5000', 'Board room'), room('5001')]);
    assert.deepEqual(told, [
      '1001 extension.removed 1002',
      '1001 extension.changed 1003 Desk 1003 extension Webphone offline',
      '1001 extension.changed 5000 Board room extension Conference idle',
      '1001 extension.changed 5001 Conference extension Conference idle',
    ]);
    assert.deepEqual(
      registrar.list().map(({ id }) => id),
      ['1001', '5000', '1003', '5001'],
    );
  });

  it('tells extensions and holders of tokens, but no visitors', () => {
    registrar.add(contact('Qdb3W', 'token', account('Qdb3W')));
    registrar.add(contact('Xk2Pa', 'line', { ...account('website'), kind: 'line' }));
    registrar.replace([account('1001')]);
    assert.deepEqual(told, ['1001 extension.removed 1002', 'Qdb3W extension.removed 1002']);
  });

  it('lets a number change between somebody’s and a service’s', () => {
    registrar.replace([account('1001'), account('5000')]);
    registrar.replaceServices([room('1002')]);
    assert.deepEqual([status('5000'), status('1002'), status('1001')], ['offline', 'idle', 'idle']);
    registrar.setActivity(room('1002'), { ringing: false, busy: true });
    assert.equal(status('1002'), 'busy');
  });

  it('knows who is signed in at an account that comes back', () => {
    registrar.replace([]);
    assert.equal(status('1001'), undefined);
    registrar.replace([account('1001')]);
    assert.equal(status('1001'), 'idle');
  });

  it('finds the phones calls to a number ring at: not those of visitors', () => {
    registrar.add(contact('1001', 'extension', account('1001')));
    registrar.add(contact('Qdb3W', 'token', account('Qdb3W')));
    registrar.add(contact('Xk2Pa', 'line', { ...account('website'), kind: 'line' }));
    const count = (number: string) => registrar.contactsOf(number).length;
    assert.deepEqual([count('1001'), count('1002'), count('Qdb3W'), count('Xk2Pa')], [2, 0, 1, 0]);
    assert.ok(registrar.isOnline('Xk2Pa'));
  });
});
