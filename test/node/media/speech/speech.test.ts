/** Texts become speech: by the program, by the package, and by neither with a message that says what to do. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Clip } from '../../../../src/pbx/media/engine.js';
import { createSpeech, SpeechError, type Speech } from '../../../../src/pbx/media/speech/index.js';
import { EspeakPackage } from '../../../../src/pbx/media/speech/npm-package.js';
import { EspeakProgram, findProgram } from '../../../../src/pbx/media/speech/program.js';
import { EspeakSpeech } from '../../../../src/pbx/media/speech/speech.js';
import type { Synthesiser } from '../../../../src/pbx/media/speech/synthesiser.js';
import { SILENT_LOG } from '../../../support/peer-page.js';
import { until } from '../../../support/until.js';
import { decoded, tone, wav } from '../../../support/sound.js';

const SENTENCE = 'Please press one for sales, or two for support.';

/** How much of a clip sounds, in seconds, and how loud its loudest tenth of a second is, in dB. */
async function voice(clip: Clip): Promise<{ seconds: number; loudest: number }> {
  const samples = await decoded(clip);
  const levels: number[] = [];
  for (let at = 0; at + 4800 <= samples.length; at += 4800) {
    const power = samples.subarray(at, at + 4800).reduce((sum, sample) => sum + sample * sample, 0) / 4800;
    levels.push(10 * Math.log10(power + 1e-12));
  }
  return { seconds: levels.filter((level) => level > -40).length / 10, loudest: Math.max(...levels) };
}

function isSpeechError(message: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof SpeechError, String(error));
    assert.match(error.message, message);
    return true;
  };
}

const KINDS: [string, () => Synthesiser][] = [
  [
    'the program',
    () => {
      const path = findProgram();
      assert.ok(path, 'the tests need espeak-ng: "apt-get install espeak-ng"');
      return new EspeakProgram(path);
    },
  ],
  ['the npm package', () => new EspeakPackage()],
];

for (const [name, make] of KINDS) {
  describe(`speech by ${name}`, { timeout: 120_000 }, () => {
    let speech: Speech;

    before(() => {
      speech = new EspeakSpeech(SILENT_LOG, make);
    });

    after(() => speech.close());

    it('speaks a text for as long as one takes to say it', async () => {
      const { seconds, loudest } = await voice(await speech.speak(SENTENCE));
      assert.ok(seconds > 1.5 && seconds < 6, `${seconds} s`);
      assert.ok(loudest > -25, `${loudest} dB`);
      const word = await voice(await speech.speak('Sales.'));
      assert.ok(word.seconds > 0.2 && word.seconds < seconds / 2, `${word.seconds} s`);
    });

    it('speaks the language that is asked for', async () => {
      const clips = await Promise.all(
        ['en-UK', 'en-GB', 'en-US', 'pt-BR', 'de-AT', 'de', 'zh'].map((tag) =>
          speech.speak('Restaurant', tag),
        ),
      );
      const [uk, gb, us, brazil, austria, german, chinese] = clips;
      assert.equal(uk, gb);
      assert.equal(austria, german);
      const different = new Set(
        [uk, us, brazil, german, chinese].map((clip) => Buffer.concat([...clip!.packets]).toString('hex')),
      );
      assert.equal(different.size, 5);
    });

    it('names the languages there are when there is none as asked for', async () => {
      for (const language of ['xx-YY', '', '--voices', 'en+f3', '__proto__', '../en']) {
        await assert.rejects(
          speech.speak(SENTENCE, language),
          isSpeechError(/^No voice speaks ".*"\. There are: af, am, .*en-gb, .*pt-br, .*\.$/),
        );
      }
    });

    it('takes any text as text', async () => {
      // An option, a file, a shell's command, half a surrogate pair, and what is no letter at all.
      const texts = [
        '--version',
        '-f /etc/passwd',
        '$(touch /tmp/x); `id`',
        'Caf\u00e9 \ud83d',
        '\0\u0007Hello\0',
      ];
      for (const text of texts) {
        const { seconds } = await voice(await speech.speak(text));
        assert.ok(seconds > 0.2, `${JSON.stringify(text)} takes ${seconds} s`);
      }
      const hello = await speech.speak('Hello');
      assert.equal(await speech.speak('\0\u0007Hello\0'), hello);
    });

    it('remembers what it spoke lately, and speaks no text twice at once', async () => {
      const [one, two] = await Promise.all([speech.speak('Once and again'), speech.speak('Once and again')]);
      assert.equal(one, two);
      assert.equal(await speech.speak('Once and again'), one);
    });
  });
}

describe('speech', { timeout: 60_000 }, () => {
  let folder: string;
  let speeches: Speech[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ozeki-speech-'));
  });

  after(() => rm(folder, { recursive: true }));

  afterEach(async () => {
    await Promise.all(speeches.map((speech) => speech.close()));
    speeches = [];
  });

  function speechBy(find: () => Synthesiser | null): Speech {
    const speech = new EspeakSpeech(SILENT_LOG, find);
    speeches.push(speech);
    return speech;
  }

  const TABLE = 'Pty Language Age/Gender VoiceName File Other\n 5  en-gb --/M English x/en (en 2)\n';

  /** A synthesiser that says a tone, once it is let. */
  class StandIn implements Synthesiser {
    readonly name = 'a stand-in';
    readonly spoken: string[] = [];
    most = 0;
    #now = 0;
    constructor(private readonly gate: Promise<void> = Promise.resolve()) {}
    voices(): Promise<string> {
      return Promise.resolve(TABLE);
    }
    async speak(text: string): Promise<Buffer> {
      this.spoken.push(text);
      this.most = Math.max(this.most, ++this.#now);
      await this.gate;
      this.#now -= 1;
      return wav([tone(1000, 0.1)]);
    }
    close(): Promise<void> {
      return Promise.resolve();
    }
  }

  /** An executable in place of espeak-ng. */
  async function program(name: string, script: string, timeoutMs?: number): Promise<EspeakProgram> {
    const path = join(folder, name);
    await writeFile(
      path,
      `#!/bin/sh\nif [ "$1" = --voices ]; then printf '${TABLE.replaceAll('\n', '\\n')}'; exit; fi\n${script}`,
    );
    await chmod(path, 0o755);
    return new EspeakProgram(path, timeoutMs);
  }

  it('says what to install when nothing speaks, and finds it once it is there', async () => {
    let there = false;
    const speech = speechBy(() => (there ? new StandIn() : null));
    await assert.rejects(
      speech.speak(SENTENCE),
      isSpeechError(/apt-get install espeak-ng.*npm install espeak-ng/),
    );
    there = true;
    assert.equal((await speech.speak(SENTENCE)).ms, 120);
  });

  it('finds the program on the search path, and nothing else', async () => {
    const path = join(folder, 'espeak-ng');
    await writeFile(path, '#!/bin/sh\n');
    assert.equal(findProgram(`/nowhere::${folder}`), null, 'not executable');
    await chmod(path, 0o755);
    assert.equal(findProgram(`/nowhere::${folder}`), path);
    assert.equal(findProgram(''), null);
  });

  it('takes what is installed', async () => {
    const speech = createSpeech(SILENT_LOG);
    speeches.push(speech);
    assert.ok((await voice(await speech.speak(SENTENCE))).seconds > 1);
  });

  it('refuses no text, and too much of it', async () => {
    const standIn = new StandIn();
    const speech = speechBy(() => standIn);
    for (const text of ['', ' \n\t ', '\0']) {
      await assert.rejects(speech.speak(text), isSpeechError(/^There is no text to speak\.$/));
    }
    await assert.rejects(
      speech.speak('a'.repeat(5001)),
      isSpeechError(/up to 5000 characters; this one has 5001/),
    );
    await speech.speak('a'.repeat(5000));
    assert.equal(standIn.spoken.length, 1);
  });

  it('speaks two texts at once, lets a hundred wait, and no more', async () => {
    let open!: () => void;
    const standIn = new StandIn(new Promise((resolve) => (open = resolve)));
    const speech = speechBy(() => standIn);
    const results = Array.from({ length: 105 }, (_, at) => speech.speak(`text ${at}`));
    const outcomes = Promise.allSettled(results);
    await assert.rejects(results[104]!, isSpeechError(/Too many texts/));
    open();
    const refused = (await outcomes).filter(({ status }) => status === 'rejected');
    assert.equal(refused.length, 3);
    assert.equal(standIn.most, 2);
    // What failed is not remembered.
    await speech.speak('text 104');
  });

  it('ends a program that hangs', async () => {
    const slow = await program('slow', 'exec sleep 1000', 200);
    const speech = speechBy(() => slow);
    await assert.rejects(speech.speak(SENTENCE), isSpeechError(/took longer than 0\.2 s/));
  });

  it('passes on what a program complains of', async () => {
    const failing = await program('failing', 'cat > /dev/null; echo "no data files" >&2; exit 1');
    await assert.rejects(speechBy(() => failing).speak(SENTENCE), isSpeechError(/says "no data files"/));
    const deaf = await program('deaf', 'exit 1');
    await assert.rejects(speechBy(() => deaf).speak('x'.repeat(5000)), isSpeechError(/espeak-ng says ""/));
    const garbage = await program('garbage', 'cat > /dev/null; echo RIFFgarbage');
    await assert.rejects(
      speechBy(() => garbage).speak(SENTENCE),
      isSpeechError(/cannot be spoken\. The sound cannot be read/),
    );
    const endless = await program('endless', 'exec cat /dev/zero');
    await assert.rejects(speechBy(() => endless).speak(SENTENCE), isSpeechError(/says too much/));
    const gone = new EspeakProgram(join(folder, 'gone'));
    await assert.rejects(speechBy(() => gone).speak(SENTENCE), isSpeechError(/cannot be started.*ENOENT/));
  });

  it('stops what it is speaking when it is closed', async () => {
    const heard = join(folder, 'heard');
    const slow = await program('slow', `cat > "${heard}"; exec sleep 1000`);
    const speech = speechBy(() => slow);
    const speaking = assert.rejects(
      speech.speak(SENTENCE),
      isSpeechError(/^The phone system is stopping\.$/),
    );
    await until(async () => (await readFile(heard, 'utf8').catch(() => '')) === SENTENCE);
    await speech.close();
    await speaking;
    await assert.rejects(speech.speak(SENTENCE), isSpeechError(/^The phone system is stopping\.$/));
  });
});
