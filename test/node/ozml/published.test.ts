/** Scripts built like the ones the documents publish, with other texts in them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOzml, Scope, steps } from '../../../src/pbx/ozml/index.js';
import type { CommandSet } from '../../../src/pbx/ozml/index.js';
import { refused } from './reading.js';

/** What is carried out, in order, with menus as their initial commands and what each key leads to. */
function carriedOut(set: CommandSet, text: string, scope = Scope.create()): string[] {
  const all: string[] = [];
  const walk = (commands: Parameters<typeof steps>[0], inside: Scope) => {
    for (const step of steps(commands, inside)) {
      if (step.name === 'UserInput') {
        const { digits, timeout, repeat, forwardToUrl = '' } = step;
        all.push(`UserInput ${digits} ${timeout} ${repeat} ${forwardToUrl}`.trim());
        walk(step.initialCommands, step.scope);
        for (const input of step.inputs) {
          all.push(`key ${input.key}`);
          walk(input.commands, step.scope);
        }
      } else {
        const given = Object.values(step).filter((value) => value !== undefined && value !== false);
        all.push(given.join(' '));
      }
    }
  };
  walk(parseOzml(text, set).commands, scope);
  return all;
}

describe('published scripts', () => {
  it('speak after each other, in other languages', () => {
    assert.deepEqual(
      carriedOut(
        'api-extension',
        '<Response> <Delay>1</Delay> <Speak>Good morning.</Speak> <speak Language="pt-BR">Bom dia.</speak> <Hangup></Hangup></Response>',
      ),
      ['Delay 1', 'Speak Good morning.', 'Speak Bom dia. pt-BR', 'Hangup'],
    );
  });

  it('ask for a PIN, in lower case and by an older name', () => {
    assert.deepEqual(
      carriedOut(
        'api-extension',
        `\n\n<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <UserInput enteredUrl='http://yourapp.example/pin.php' digits='4' timeout='10' repeat='true'>
    <InitialCommands> <Speak>Your PIN, please.</Speak></InitialCommands>
  </UserInput>
</Response>`,
      ),
      ['UserInput 4 10 true http://yourapp.example/pin.php', 'Speak Your PIN, please.'],
    );
  });

  it('are menus that lead on', () => {
    assert.deepEqual(
      carriedOut(
        'api-extension',
        `<?xml version="1.0"?> <Response> <UserInput timeout="10" repeat="true"> <InitialCommands>
        <Speak>Press one for a message, two for a person.</Speak> </InitialCommands> <Inputs>
        <Input key="1"> <GoTo>http://yourapp.example/one.php?id=7</GoTo> </Input>
        <Input key="2"> <BlindTransfer>101</BlindTransfer> </Input> </Inputs> </UserInput> </Response>`,
      ),
      [
        ...['UserInput 1 10 true', 'Speak Press one for a message, two for a person.'],
        ...['key 1', 'GoTo http://yourapp.example/one.php?id=7'],
        ...['key 2', 'BlindTransfer 101'],
      ],
    );
  });

  it('call, send and record', () => {
    assert.deepEqual(
      carriedOut(
        'api-extension',
        `<Response>
          <Call Url="http://yourapp.example/connected.php" CallerId="3000">2310</Call>
          <SendSms Recipient="+062554670">How are you?</SendSms>
          <Record FinishedUrl="http://yourapp.example/record.php" Format="wav" FinishDigits="12"> </Record>
        </Response>`,
      ),
      [
        'Call 2310 3000 http://yourapp.example/connected.php',
        'SendSms +062554670 How are you?',
        'Record wav http://yourapp.example/record.php 12',
      ],
    );
  });

  it('read out an array and a variable', () => {
    assert.deepEqual(
      carriedOut(
        'api-extension',
        `<Response>
          <var id="exampleID">Hello</var> <speak>$exampleID</speak>
          <array id="sampleArray"> <item>First</item> <item>Second</item> </array>
          <ForEach source='sampleArray'> <speak>$item</speak> </ForEach>
        </Response>`,
      ),
      ['Speak Hello', 'Speak First', 'Speak Second'],
    );
  });

  it('go through a voicemail box', () => {
    const scope = Scope.create({
      variables: { username: 'Ann' },
      arrays: {
        voicemails: [
          {
            text: '1',
            fields: new Map([
              ['date', 'Monday'],
              ['from', '1002'],
              ['message', 'new/1.wav'],
            ]),
          },
        ],
      },
    });
    const box = (more = '') => `<Response>
        <UserInput repeat ='true' digits ='1'>
          <InitialCommands> <Speak>Messages of $username .</Speak> <Delay>5</Delay> </InitialCommands>
          <Inputs> <Input key ='1'>
            <ForEach source ='voicemails'>
              <Speak>Recorded at $item.date from $item.from .</Speak> <Play>$item.message</Play>${more}
            </ForEach>
            <Speak>No more.</Speak>
          </Input> </Inputs>
        </UserInput>
      </Response>`;
    assert.deepEqual(carriedOut('api-extension', box(), scope), [
      ...['UserInput 1 0 true', 'Speak Messages of Ann .', 'Delay 5', 'key 1'],
      ...['Speak Recorded at Monday from 1002 .', 'Play new/1.wav', 'Speak No more.'],
    ]);
    const moving = box("<MoveFile SourceFile='$item.message' TargetDirectory='$oldmessagepath'></MoveFile>");
    assert.equal(refused('api-extension', moving).code, 301);
  });

  it('control a call of others', () => {
    assert.deepEqual(
      carriedOut(
        'third-party',
        `<Response>
          <Play Party="all">hello.wav</Play>
          <Speak CallId="6eg3ft" Party="all">You will be connected.</Speak>
          <BlindTransfer TransferorParty="callee" Target="1001" FinishedUrl="http://yourapp.example/p.php"> </BlindTransfer>
          <AttendedTransfer TargetCallId="HL1bE" TransferorParty="caller"></AttendedTransfer>
          <Record CallId="6eg3ft" FinishedUrl="http://yourapp.example/r.php" Format="wav"> </Record>
          <Forward Destination="500"></Forward>
        </Response>`,
      ),
      [
        'Play all hello.wav',
        'Speak 6eg3ft all You will be connected.',
        'BlindTransfer callee 1001 http://yourapp.example/p.php',
        'AttendedTransfer HL1bE',
        'Record 6eg3ft wav http://yourapp.example/r.php',
        'Forward 500',
      ],
    );
  });

  it('route', () => {
    const routed = (attributes: string) =>
      carriedOut('routing', `<Response>\n  <Route ${attributes}/>\n</Response>`);
    assert.deepEqual(routed('Destination=""'), ['Route  90']);
    assert.deepEqual(routed('RingTime="30" Destination="1000"'), ['Route 1000 30']);
    assert.deepEqual(
      routed('RingTime="30" Destination="voipservice1" DialedNumber="234567" CallerId="1000"'),
      ['Route voipservice1 30 1000 234567'],
    );
  });

  it('that are not well-formed are refused', () => {
    for (const inside of [
      '<Play Party=all>hello.wav</Play>',
      `<UserInput repeat ='true'digits ='1'></UserInput>`,
      '<SendDTMF Party="caller" Keys="1">',
      '<arrayid="sampleArray"><item>First</item></array>',
      `<ForEach source'sampleArray'><speak>$item</speak></ForEach>`,
      '<Speak>Tom & Jerry</Speak>',
      '<GoTo>http://yourapp.example/?a=1&b=2</GoTo>',
    ]) {
      for (const set of ['api-extension', 'third-party'] as const) {
        assert.equal(refused(set, `<Response>${inside}</Response>`).code, 300, inside);
      }
    }
  });
});
