/** Reading: what is a script, what lies inside of commands, and what is refused as a whole. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { OZML_LIMITS, OzmlError, parseOzml, Scope, steps } from '../../../src/pbx/ozml/index.js';
import { refused, refusesParameter, response, run, SETS } from './reading.js';
import { cpuTime } from '../../support/cpu-time.js';

const names = (inside: string) => run('api-extension', inside).map(({ name }) => name);

describe('an answer', () => {
  it('that is empty has no commands', () => {
    for (const set of SETS) {
      for (const text of ['', ' \r\n\t', '\uFEFF', '\uFEFF \n', '<Response/>', '<response>\n</response>']) {
        assert.deepEqual(parseOzml(text, set), { set, commands: [] });
      }
    }
  });

  it('may be written as sites write it', () => {
    assert.deepEqual(names('<!-- a note --><Hangup/>'), ['Hangup']);
    for (const text of [
      '<RESPONSE><HANGUP/></RESPONSE>',
      '\n\n<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n\t<Hangup></Hangup>\n</Response>\n',
      `\uFEFF<?xml version='1.0'?><Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Hangup/></Response>`,
    ]) {
      assert.equal(parseOzml(text, 'api-extension').commands.length, 1, text);
    }
  });

  it('that is not XML is refused with the place', () => {
    const { code, message, command, parameter } = refused(
      'api-extension',
      '<Response>\n<Play>a.mp3</Response>',
    );
    assert.deepEqual([code, command, parameter], [300, '', '']);
    assert.equal(message, "Error occured during parsing message: 'line 2, column 22: unexpected close tag'");
    for (const [text, says] of [
      ['Hello', /text data outside/],
      ['<html><body>Not found</body></html>', /the outermost element is <html>, not <Response>/],
      ['<Response><Play>a.mp3</Play>', /unclosed tag/],
      ['<Response>Hello<Hangup/></Response>', /there is text between the commands/],
      ['<Response/><Response/>', /only one root/],
      ['<Response><GoTo>http://a/?b=1&c=2</GoTo></Response>', /an ampersand in text is written &amp;/],
      ['{"Response": []}', /text data outside/],
    ] as const) {
      const error = refused('api-extension', text);
      assert.equal(error.code, 300, text);
      assert.match(error.message, says);
    }
  });

  it('that would expand or load something is refused', () => {
    for (const text of [
      '<!DOCTYPE Response [<!ENTITY a "x">]><Response><Speak>&a;</Speak></Response>',
      '<!DOCTYPE Response SYSTEM "http://127.0.0.1/x.dtd"><Response/>',
      `<!DOCTYPE r [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, index) => {
        const before = String.fromCharCode(97 + index);
        return `<!ENTITY ${String.fromCharCode(98 + index)} "${`&${before};`.repeat(10)}">`;
      }).join('')}]><Response><Speak>&j;</Speak></Response>`,
      '<Response><Speak>&xxe;</Speak></Response>',
      '<?php echo 1 ?><Response/>',
      '<Response><?php echo 1 ?></Response>',
    ]) {
      assert.equal(refused('api-extension', text).code, 300, text);
    }
  });
});

describe('commands nobody has', () => {
  it('are refused by their names', () => {
    for (const set of SETS) {
      for (const name of [
        ...[
          'SQL',
          'ReceiveAlarmNotification',
          'SendAlarmNotification',
          'DeleteFile',
          'MoveFile',
          'Dial',
          'Say',
        ],
        ...['constructor', '__proto__', 'x:Hangup', 'Response', 'Input', 'Inputs', 'item', 'InitialCommands'],
      ]) {
        const { code, command, message } = refused(set, response(`<${name}/>`));
        assert.deepEqual([code, command, message], [301, name, `Not implemented command: '${name}'`]);
      }
    }
  });

  it('are repeated in short', () => {
    const { message } = refused('routing', response(`<${'x'.repeat(5000)}/>`));
    assert.equal(message, `Not implemented command: '${'x'.repeat(63)}…'`);
  });

  it('are found wherever they stand, before anything runs', () => {
    for (const inside of [
      '<Speak>Hello</Speak><Dance/>',
      '<UserInput><Dance/></UserInput>',
      '<UserInput><InitialCommands><Dance/></InitialCommands></UserInput>',
      '<UserInput><Inputs><Dance/></Inputs></UserInput>',
      '<UserInput><Inputs><Input Key="1"><Dance/></Input></Inputs></UserInput>',
      '<ForEach Source="a"><Dance/></ForEach>',
      '<Reject/><Dance/>',
    ]) {
      assert.equal(refused('api-extension', response(inside)).code, 301, inside);
    }
  });
});

describe('a menu', () => {
  const nested = `
    <UserInput Repeat="true" Timeout="5" Digits="2">
      <InitialCommands><Speak>Sales is one, support is two.</Speak><Delay>1</Delay></InitialCommands>
      <Inputs>
        <Input Key="1"><BlindTransfer>1001</BlindTransfer></Input>
        <Input key="2#">
          <userinput BackKey="*"><inputs><input key="a"><Hangup/></input></inputs></userinput>
        </Input>
        <Input Key="3"/>
      </Inputs>
    </UserInput>`;

  it('has commands that run first, and those of its inputs', () => {
    const scope = Scope.create();
    const [menu, ...more] = run('api-extension', nested, scope);
    assert.ok(menu?.name === 'UserInput' && more.length === 0);
    assert.deepEqual(
      [...steps(menu.initialCommands, scope)].map(({ name }) => name),
      ['Speak', 'Delay'],
    );
    assert.deepEqual(
      menu.inputs.map(({ key }) => key),
      ['1', '2#', '3'],
    );
    const [inner] = steps(menu.inputs[1]!.commands, scope);
    assert.ok(inner?.name === 'UserInput');
    assert.deepEqual([inner.backKey, inner.inputs[0]?.key, inner.initialCommands], ['*', 'A', []]);
    assert.deepEqual(menu.inputs[2]?.commands, []);
  });

  it('takes its two parts in any order, once', () => {
    const inside = (text: string) => `<UserInput>${text}</UserInput>`;
    assert.deepEqual(names(inside('<Inputs/><InitialCommands/>')), ['UserInput']);
    refusesParameter('api-extension', inside('<Inputs/><Inputs/>'), 'Inputs', 'UserInput');
    refusesParameter(
      'api-extension',
      inside('<InitialCommands/><initialCommands/>'),
      'initialCommands',
      'UserInput',
    );
    refusesParameter('api-extension', inside('<Inputs>text</Inputs>'), 'Inputs', 'UserInput');
    refusesParameter('api-extension', inside('<Inputs Key="1"/>'), 'Inputs', 'UserInput');
    refusesParameter('api-extension', inside('text'), 'text', 'UserInput');
    assert.equal(refused('api-extension', response(inside('<Speak>Hello</Speak>'))).code, 303);
    assert.equal(
      refused('api-extension', response(inside('<Inputs><Speak>Hello</Speak></Inputs>'))).code,
      303,
    );
  });

  it('has inputs with keys that differ', () => {
    const inputs = (text: string) => `<UserInput><Inputs>${text}</Inputs></UserInput>`;
    for (const text of [
      '<Input/>',
      '<Input Key=""/>',
      '<Input Key="E"/>',
      '<Input Key="1 2"/>',
      '<Input Key="a"/><Input Key="A"/>',
      `<Input Key="${'1'.repeat(65)}"/>`,
    ]) {
      refusesParameter('api-extension', inputs(text), 'Key', 'Input');
    }
    refusesParameter('api-extension', inputs('<Input Key="1" Digits="2"/>'), 'Digits', 'Input');
    refusesParameter('api-extension', inputs('<Input Key="1">Speak</Input>'), 'text', 'Input');
  });

  it('needs MinDigits to be no more than Digits', () => {
    refusesParameter('api-extension', '<UserInput MinDigits="3" Digits="2"/>', 'MinDigits', 'UserInput');
    assert.deepEqual(names('<UserInput MinDigits="2" Digits="2"/>'), ['UserInput']);
  });
});

describe('an array', () => {
  it('has items with a text and fields', () => {
    const inside = `
      <array id="numbers"><item>1001</item><Item name="Sales" Room="4">1002</Item><item/></array>
      <foreach source="numbers"><speak>$item is $item.name</speak></foreach>`;
    assert.deepEqual(
      run('api-extension', inside).map((step) => step.name === 'Speak' && step.text),
      ['1001 is 1001.name', '1002 is Sales', 'is .name'],
    );
  });

  it('has nothing else', () => {
    for (const inside of ['<Speak>Hello</Speak>', '<item><Hangup/></item>', '<items/>']) {
      refusesParameter('message', `<Array ID="a">${inside}</Array>`, 'item', 'Array');
    }
    refusesParameter('message', '<Array ID="a">text</Array>', 'text', 'Array');
    refusesParameter('message', '<Array ID="a"><item a-b="1"/></Array>', 'a-b', 'item');
    refusesParameter('message', '<Array ID="a"><item name="1" NAME="2"/></Array>', 'NAME', 'item');
    refusesParameter('message', '<Array><item/></Array>', 'ID', 'Array');
    for (const id of ['1a', 'a-b', 'a b', '', 'ü', 'a'.repeat(65)]) {
      refusesParameter('message', `<Array ID="${id}"/>`, 'ID', 'Array');
      refusesParameter('message', `<Var ID="${id}" Value="1"/>`, 'ID', 'Var');
      refusesParameter('message', `<ForEach Source="${id}"/>`, 'Source', 'ForEach');
    }
  });
});

describe('the size of a script', () => {
  const { commands, depth, items, scriptLength } = OZML_LIMITS;

  it('is bounded', () => {
    assert.equal(names('<Hangup/>'.repeat(commands)).length, commands);
    assert.match(
      refused('api-extension', response('<Hangup/>'.repeat(commands + 1))).message,
      /more than 1000 commands/,
    );
    const inMenus = `<UserInput><InitialCommands>${'<Hangup/>'.repeat(600)}</InitialCommands></UserInput>`;
    assert.equal(refused('api-extension', response(inMenus.repeat(2))).code, 300);
    refusesParameter('message', `<Array ID="a">${'<item/>'.repeat(items + 1)}</Array>`, 'item', 'Array');
    const inputs = Array.from({ length: items + 1 }, (_, index) => `<Input Key="${index}"/>`).join('');
    refusesParameter(
      'api-extension',
      `<UserInput><Inputs>${inputs}</Inputs></UserInput>`,
      'Inputs',
      'UserInput',
    );
    assert.equal(refused('routing', ' '.repeat(scriptLength) + response('')).code, 300);
  });

  it('is bounded in depth, whatever it is made of', () => {
    const open = '<UserInput><Inputs><Input Key="1">';
    const close = '</Input></Inputs></UserInput>';
    const menus = (count: number) => response(open.repeat(count) + close.repeat(count));
    assert.ok(parseOzml(menus(Math.floor((depth - 1) / 3)), 'api-extension'));
    const start = cpuTime();
    for (const text of [
      menus(depth),
      '<Response>'.repeat(100_000),
      response(open.repeat(30_000)),
      '<a>'.repeat(333_000),
    ]) {
      assert.equal(refused('api-extension', text).code, 300);
    }
    assert.ok(cpuTime() - start < 2000);
  });
});

describe('any text', () => {
  const pieces = [
    ...[
      '<Response>',
      '</Response>',
      '<Play>',
      '</Play>',
      '<Var ID="a">',
      '</Var>',
      '$a',
      '$item',
      '$',
      'Repeat="true"',
    ],
    ...[
      '<UserInput>',
      '</UserInput>',
      '<Inputs>',
      '</Inputs>',
      '<Input Key="1">',
      '</Input>',
      '<InitialCommands>',
    ],
    ...[
      '</InitialCommands>',
      '<Array ID="b"><item>1</item></Array>',
      '<ForEach Source="b">',
      '</ForEach>',
      '<Hangup/>',
    ],
    ...[
      '<Delay>$item</Delay>',
      '<Reject/>',
      '<Route Destination=""/>',
      '<Hold/>',
      'x',
      '"',
      "'",
      '&',
      '<',
      '>',
      ' ',
    ],
  ];
  const scripts = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join('')),
    fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => response(parts.join(''))),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );

  it('is a script or an OzmlError, soon', () => {
    fc.assert(
      fc.property(scripts, fc.constantFrom(...SETS), (text, set) => {
        const start = cpuTime();
        try {
          for (const step of steps(parseOzml(text, set).commands, Scope.create())) assert.ok(step.name);
        } catch (error) {
          assert.ok(error instanceof OzmlError, String(error));
        }
        assert.ok(cpuTime() - start < 500);
      }),
      { numRuns: 3000 },
    );
  });
});
