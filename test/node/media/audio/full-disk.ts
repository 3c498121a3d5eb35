/** Records more than may be written, for a process that may write little; says how that ends. */
import { statSync } from 'node:fs';
import { createRecordingWriter, type RecordingFormat } from '../../../../src/pbx/media/audio/index.js';

async function record(path: string, format: RecordingFormat): Promise<string> {
  const writer = await createRecordingWriter(path, format);
  for (let count = 0; count < 500; count++) writer.write(new Int16Array(960).fill(count));
  const error = await writer.end().then(
    () => null,
    (reason: Error) => reason,
  );
  return `${error?.name}: ${error?.message} ${statSync(path).size} bytes`;
}

const [path, format] = process.argv.slice(2);
process.on('unhandledRejection', (reason) => console.log(`unhandled: ${String(reason)}`));
void record(path!, format as RecordingFormat).then(console.log);
