/**
 * What failed, and nothing else: the test's name with those of the suites around it, where it stands, and why. `npm test`
 * repeats it at its end, where it is found without reading what thousands of other tests said.
 */
import { inspect } from 'node:util';

/** A suite that fails only because a test in it did says nothing of its own. */
const repeats = ({ failureType }) => failureType === 'subtestsFailed';

/** How many lines of where it was are told; its way through Node is of no use. */
const FRAMES = 8;
const isFrame = (line) => /^\s+at /.test(line);

/** The error a test threw is the cause of the one the test runner makes of it; it may have causes of its own. */
function reason(error) {
  const thrown = error.cause instanceof Error ? error.cause : error;
  const lines = (thrown.stack ?? inspect(thrown)).split('\n');
  const frames = lines.filter((line) => isFrame(line) && !line.includes('(node:')).slice(0, FRAMES);
  const said = [lines.filter((line) => !isFrame(line)).join('\n')];
  for (let { cause } = thrown; cause instanceof Error; { cause } = cause) said.push(`because of ${cause}`);
  return [...said.flatMap((text) => text.trimEnd().split('\n')), ...frames].join('\n    ');
}

/** A reporter of Node's test runner, to be named by `--test-reporter`. */
export default async function* failures(events) {
  const around = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      around.length = data.nesting;
      around[data.nesting] = data.name;
    }
    if (type !== 'test:fail' || repeats(data.details.error)) continue;
    const name = [...around.slice(0, data.nesting), data.name].join(' › ');
    yield `✖ ${name}\n    ${data.file}:${data.line}\n    ${reason(data.details.error)}\n`;
  }
}
