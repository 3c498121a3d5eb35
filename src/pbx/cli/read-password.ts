/** Reads a password from a terminal without showing it, or from a pipe. */
import type { ReadStream } from 'node:tty';
import { ConfigurationError } from '../config/problem.js';

/** The person pressed Ctrl+C instead. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * The password on standard input: the first line of a pipe, or what is typed at a prompt, twice.
 * @throws ConfigurationError when it is empty, or the two differ.
 */
export async function readPassword(): Promise<string> {
  const { stdin } = process;
  const password = stdin.isTTY ? await readTyped(stdin, 'Password: ') : await readPiped(stdin);
  if (password === '') throw refuse('expected at least one character on standard input');
  if (stdin.isTTY && (await readTyped(stdin, 'Once more: ')) !== password) {
    throw refuse('expected the same password twice');
  }
  return password;
}

function refuse(expected: string): ConfigurationError {
  return new ConfigurationError([{ key: 'password', value: '', expected }]);
}

async function readPiped(input: NodeJS.ReadStream): Promise<string> {
  input.setEncoding('utf8');
  let text = '';
  for await (const chunk of input) text += String(chunk);
  return text.replace(/\r?\n[^]*$/, '');
}

/** Prompts on standard error, so that standard output holds the hash alone. */
function readTyped(terminal: ReadStream, prompt: string): Promise<string> {
  // Quiet before it is asked: what is typed at once would be shown otherwise.
  terminal.setRawMode(true).setEncoding('utf8').resume();
  return new Promise((resolve, reject) => {
    let typed = '';
    const finish = (settle: () => void) => {
      terminal.off('data', onData).setRawMode(false).pause();
      process.stderr.write('\n');
      settle();
    };
    const onData = (data: string) => {
      for (const character of data) {
        if (character === '\r' || character === '\n' || character === '\u0004') {
          finish(() => resolve(typed));
          return;
        }
        if (character === '\u0003') {
          finish(() => reject(new Interrupted('Interrupted.')));
          return;
        }
        if (character === '\u007f' || character === '\b') typed = [...typed].slice(0, -1).join('');
        else if (character >= ' ') typed += character;
      }
    };
    terminal.on('data', onData);
    process.stderr.write(prompt);
  });
}
