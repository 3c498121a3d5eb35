/** Runs in a thread: encodes and writes all recordings. */
import { serveJobs } from '../threads/serve-jobs.js';
import { RecordingFile, type Recorded, type RecordingFormat } from './recording-file.js';

/** What is to be done with a recording, each known by its number. */
export type RecordingJob = { readonly id: number } & (
  | { readonly what: 'create'; readonly path: string; readonly format: RecordingFormat }
  | { readonly what: 'write'; readonly samples: Int16Array<ArrayBuffer> }
  | { readonly what: 'end' }
  | { readonly what: 'close' }
);

/** What a recording came to, at its end; null otherwise. */
export type RecordingResult = { readonly problem: string } | { readonly recorded: Recorded | null };

const files = new Map<number, Promise<RecordingFile>>();

serveJobs<RecordingJob, RecordingResult>(async (job) => {
  try {
    return { result: { recorded: await carryOut(job) } };
  } catch (error) {
    return { result: { problem: error instanceof Error ? error.message : String(error) } };
  }
});

async function carryOut(job: RecordingJob): Promise<Recorded | null> {
  const { id, what } = job;
  if (what === 'create') files.set(id, RecordingFile.create(job.path, job.format));
  const creating = files.get(id);
  // The last order of a recording; also when it could not be created.
  if (what === 'end' || what === 'close') files.delete(id);
  const file = await creating;
  if (what === 'write') file?.write(job.samples);
  if (what === 'close') file?.close();
  return what === 'end' ? (file?.end() ?? null) : null;
}
