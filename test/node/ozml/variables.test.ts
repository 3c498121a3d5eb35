/** Variables, arrays and loops while a script runs. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bind, OZML_LIMITS, OzmlError, parseOzml, Scope, steps } from '../../../src/pbx/ozml/index.js';
import { refusesParameter, response, run } from './reading.js';
import { cpuTime } from '../../support/cpu-time.js';

const spoken = (inside: string, scope = Scope.create()) =>
  run('api-extension', inside, scope).map((step) => (step.name === 'Speak' ? step.text : step.name));

/** What is reached of a script, and the error that ends it. */
function reached(inside: string, scope = Scope.create()) {
  const names: string[] = [];
  try {
    for (const { name } of steps(parseOzml(response(inside), 'api-extension').commands, scope))
      names.push(name);
  } catch (error) {
    assert.ok(error instanceof OzmlError, String(error));
    return { names, error: [error.code, error.parameter, error.command] };
  }
  return { names, error: null };
}

describe('a variable', () => {
  it('is filled in wherever it stands', () => {
    assert.deepEqual(
      spoken('<var id="greeting">Good morning</var><speak>$greeting, $Greeting!$GREETING</speak>'),
      ['Good morning, Good morning!Good morning'],
    );
    const [call] = run(
      'message',
      `<Var ID="host" Value="site.example"/><Var ID="n">7</Var>
       <Call Dialled="10$n" Url="https://$host/a?n=$n"/>`,
    );
    assert.ok(call?.name === 'Call');
    assert.deepEqual([call.dialed, call.url], ['107', 'https://site.example/a?n=7']);
  });

  it('that does not exist stays as it is written', () => {
    assert.deepEqual(spoken('<Speak>$nobody.here costs $5, 10$ or $$x</Speak>'), [
      '$nobody.here costs $5, 10$ or $$x',
    ]);
    assert.deepEqual(spoken('<Var ID="name">Joe</Var><Speak>$names and $name.Hello and $_name</Speak>'), [
      '$names and Joe.Hello and $_name',
    ]);
  });

  it('is not looked through for variables', () => {
    assert.deepEqual(spoken('<Var ID="a">$b</Var><Var ID="b">secret</Var><Speak>$a</Speak>'), ['$b']);
    assert.deepEqual(spoken('<Speak>$a</Speak>', Scope.create({ variables: { A: '$a $item' } })), [
      '$a $item',
    ]);
  });

  it('may be empty, and set again', () => {
    assert.deepEqual(
      spoken('<Var ID="a" Value=""/><Speak>a$a.</Speak><Var ID="A" Value="b"/><Speak>a$a.</Speak>'),
      ['a.', 'ab.'],
    );
    refusesParameter('api-extension', '<Var ID="a"/>', 'Value', 'Var');
  });

  it('is there from the start when it is given', () => {
    const scope = Scope.create({ variables: { username: 'Alice' } });
    assert.deepEqual(spoken('<Speak>Voicemail of $username.</Speak>', scope), ['Voicemail of Alice.']);
    assert.equal(scope.variable('UserName'), 'Alice');
  });

  it('is checked when it is reached, as what it then is', () => {
    const text = '<Var ID="t">$given</Var><Delay>$t</Delay><Hangup/>';
    const given = (value: string) => reached(text, Scope.create({ variables: { given: value } }));
    assert.deepEqual(given('3'), { names: ['Delay', 'Hangup'], error: null });
    for (const value of ['', 'x', '-1', '99999', '1.5']) {
      assert.deepEqual(given(value), { names: [], error: [302, 'Time', 'Delay'] }, value);
    }
    assert.deepEqual(reached('<Speak>Hello</Speak><Delay>$nothing</Delay><Hangup/>'), {
      names: ['Speak'],
      error: [302, 'Time', 'Delay'],
    });
    assert.deepEqual(reached('<Play Repeat="$x">a.mp3</Play>').error, [302, 'Repeat', 'Play']);
    const minDigits = (digits: string) =>
      reached('<UserInput Digits="$d" MinDigits="3"/>', Scope.create({ variables: { d: digits } })).error;
    assert.deepEqual([minDigits('3'), minDigits('2')], [null, [302, 'MinDigits', 'UserInput']]);
  });

  it('in a list of an optional parameter leaves it out when it is empty', () => {
    const [record] = run(
      'api-extension',
      '<Record Format="$f" Duration="$f"/>',
      Scope.create({ variables: { f: '' } }),
    );
    assert.deepEqual(record, {
      name: 'Record',
      format: 'mp3',
      duration: undefined,
      inactivity: undefined,
      finishedUrl: undefined,
      finishDigits: undefined,
    });
  });

  it('may be the key of an input', () => {
    const menu = (second: string) =>
      `<UserInput><Inputs><Input Key="$k"/><Input Key="${second}"/></Inputs></UserInput>`;
    const scope = Scope.create({ variables: { k: '12' } });
    const [step] = run('api-extension', menu('3'), scope);
    assert.ok(step?.name === 'UserInput' && step.inputs[0]?.key === '12');
    assert.deepEqual(reached(menu('12'), scope).error, [302, 'Key', 'Input']);
    assert.deepEqual(reached(menu('3')).error, [302, 'Key', 'Input']);
  });

  it('has the value of the moment when a menu runs', () => {
    const scope = Scope.create();
    const inside = `
      <ForEach Source="people">
        <UserInput><Inputs><Input Key="1"><Speak>$item of $item.city</Speak></Input></Inputs></UserInput>
      </ForEach>`;
    scope.setArray('people', [
      { text: 'Ann', fields: new Map([['city', 'Rome']]) },
      { text: 'Bob', fields: new Map() },
    ]);
    // Whoever carries a menu out does so with the scope of the moment: the one it asks for steps with.
    const walk = steps(parseOzml(response(inside), 'api-extension').commands, scope);
    const heard: unknown[] = [];
    for (const menu of walk) {
      assert.ok(menu.name === 'UserInput');
      for (const step of steps(menu.inputs[0]!.commands, menu.scope))
        heard.push(step.name === 'Speak' && step.text);
    }
    assert.deepEqual(heard, ['Ann of Rome', 'Bob of Bob.city']);
  });
});

describe('ForEach', () => {
  const three = '<Array ID="a"><item>1</item><item>2</item><item>3</item></Array>';

  it('runs its commands for each item', () => {
    assert.deepEqual(
      spoken(`${three}<ForEach source='A'><speak>$item</speak><Hangup/></ForEach><Speak>$item</Speak>`),
      [...['1', 'Hangup', '2', 'Hangup', '3', 'Hangup'], '$item'],
    );
    assert.deepEqual(spoken('<Array ID="a"/><ForEach Source="a"><Hangup/></ForEach><Speak>done</Speak>'), [
      'done',
    ]);
  });

  it('lies in another', () => {
    const inner =
      '<Array ID="b"><item>$item.x</item><item>y</item></Array><ForEach Source="b"><Speak>$item</Speak></ForEach>';
    const outer = '<Array ID="a"><item x="1"/><item x="2"/></Array>';
    assert.deepEqual(spoken(`${outer}<ForEach Source="a">${inner}<Speak>after $item.x</Speak></ForEach>`), [
      ...['1', 'y', 'after 1'],
      ...['2', 'y', 'after 2'],
    ]);
  });

  it('goes through the items there were when it began', () => {
    const again = '<Array ID="a"><item>x</item></Array><Speak>$item</Speak>';
    assert.deepEqual(spoken(`${three}<ForEach Source="a">${again}</ForEach>`), ['1', '2', '3']);
  });

  it('sets variables for what comes after it', () => {
    assert.deepEqual(
      spoken(`${three}<ForEach Source="a"><Var ID="last">$item</Var></ForEach><Speak>$last</Speak>`),
      ['3'],
    );
  });

  it('needs an array that exists', () => {
    assert.deepEqual(reached('<Speak>Hello</Speak><ForEach Source="nothing"/><Hangup/>'), {
      names: ['Speak'],
      error: [302, 'Source', 'ForEach'],
    });
    assert.deepEqual(reached(`<ForEach Source="late"/>${three}`).error, [302, 'Source', 'ForEach']);
  });
});

describe('a script that would never end or grow without bounds', () => {
  const items = (count: number) => `<Array ID="a">${'<item>x</item>'.repeat(count)}</Array>`;

  it('is stopped', () => {
    const { steps: most } = OZML_LIMITS;
    assert.equal(reached(`${items(1000)}<ForEach Source="a"><Hangup/></ForEach>`).names.length, 1000);
    const nested = `${items(1000)}<ForEach Source="a"><ForEach Source="a"><Hangup/></ForEach></ForEach>`;
    const { names, error } = reached(nested);
    assert.deepEqual(error, [302, 'Source', 'ForEach']);
    assert.ok(names.length < most && names.length > most / 3);
    const start = cpuTime();
    const deep = '<ForEach Source="a">'.repeat(40) + '<Var ID="b">$item</Var>' + '</ForEach>'.repeat(40);
    assert.deepEqual(reached(items(1000) + deep).error, [302, 'Source', 'ForEach']);
    assert.ok(cpuTime() - start < 1000);
  });

  it('may run one loop after the other, and a menu again and again', () => {
    const loop = '<ForEach Source="a"><Hangup/></ForEach>';
    assert.deepEqual(reached(`${items(1000)}${loop.repeat(20)}`).error, null);
    const scope = Scope.create();
    const commands = parseOzml(response('<Speak>Hello</Speak>'), 'api-extension').commands;
    for (let turn = 0; turn < OZML_LIMITS.steps + 1; turn += 1)
      assert.equal([...steps(commands, scope)].length, 1);
  });

  it('cannot make a text too long', () => {
    const doubling = (count: number) => `<Var ID="a">xx</Var>${'<Var ID="a">$a$a</Var>'.repeat(count)}`;
    assert.deepEqual(reached(`${doubling(13)}<Speak>$a</Speak>`), { names: ['Speak'], error: null });
    const start = cpuTime();
    assert.deepEqual(reached(`${doubling(900)}`), { names: [], error: [302, 'Value', 'Var'] });
    const many = `${doubling(13)}<Speak>${'$a'.repeat(100_000)}</Speak>`;
    assert.deepEqual(reached(many).error, [302, 'Text', 'Speak']);
    assert.ok(cpuTime() - start < 1000);
    assert.deepEqual(reached(`${doubling(13)}<Play>$a</Play>`).error, [302, 'AudioFile', 'Play']);
  });

  it('cannot keep more than so much', () => {
    const long = 'x'.repeat(16_384);
    const scope = Scope.create({ variables: { long } });
    const many = Array.from({ length: 100 }, (_, index) => `<Var ID="v${index}">$long</Var>`).join('');
    assert.deepEqual(reached(many, scope).error, [302, 'Value', 'Var']);
    const array = `<Array ID="a">${'<item>$long</item>'.repeat(100)}</Array>`;
    assert.deepEqual(reached(array, Scope.create({ variables: { long } })).error, [302, 'item', 'Array']);
    // What is replaced counts no longer.
    const same = '<Var ID="v">$long</Var>'.repeat(200);
    assert.equal(reached(same, Scope.create({ variables: { long } })).error, null);
  });
});

describe('binding one command', () => {
  it('gives what it is now', () => {
    const [command] = parseOzml(response('<Var ID="a">$b</Var>'), 'message').commands;
    assert.deepEqual(bind(command!, Scope.create({ variables: { b: '1' } })), {
      name: 'Var',
      id: 'a',
      value: '1',
    });
    const [loop] = parseOzml(response('<ForEach Source="a"><Delay>1</Delay></ForEach>'), 'message').commands;
    const bound = bind(loop!, Scope.create());
    assert.ok(bound.name === 'ForEach' && bound.commands.length === 1);
  });
});
