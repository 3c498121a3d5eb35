/**
 * What failed, and nothing else: the test's name with those of the suites around it, where it stands, and why. `npm test`
 * repeats it at its end, where it is found without reading what thousands of other tests said.
 */
import { inspect } from 'node:util';

/** A suite that fails only because a test in it did says nothing of its own. */
const repeats = ({ failureType }) => failureType === 'subtestsFailed';

/** The error a test threw is the cause of the one the test runner makes of it; its way through Node is of no use. */
function reason(error) {
  const thrown = error.cause instanceof Error ? error.cause : error;
  const lines = (thrown.stack ?? inspect(thrown)).split('\n').filter((line) => !line.includes('(node:'));
  return lines.slice(0, 12).join('\n    ');
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
