/** What `--help` prints. */
import { OPTIONS } from '../config/options.js';

const SWITCHES = [
  ['--config FILE', 'the configuration file (JSON)'],
  ['--demo', 'extensions 1001 to 1004, their passwords shown, and the demo pages'],
  ['--help, -h', 'this text'],
  ['--version, -v', 'the version'],
] as const;

export function helpText(): string {
  const options = OPTIONS.map(({ flag, placeholder, help }) => [`${flag} ${placeholder}`, help] as const);
  const lines = [...options, ...SWITCHES].map(([left, right]) => `  ${left.padEnd(26)}${right}`);
  return `Usage: ozeki-webphone [options]                start the phone system
       ozeki-webphone hash-password          turn a password into the hash for the configuration file

${lines.join('\n')}

Each option can be given as a variable too: --gateway-port as OZEKI_GATEWAY_PORT, --demo as OZEKI_DEMO=1. A flag
counts more than a variable, a variable more than the configuration file.
What is running is printed on standard output, the log as JSON lines on standard error; in a terminal, the demo logs
errors only unless --log-level asks for more.
`;
}
