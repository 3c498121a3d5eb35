/** Record in a script: what the caller says, until a limit, a key or the end of the call. */
import { AudioError } from '../media/audio/index.js';
import { recordCompletedOfApiExtension } from '../notifications/index.js';
import type { ApiExtensionCommand, Command } from '../ozml/index.js';
import { inappropriate } from './failure.js';
import { startRecorder } from './recorder.js';
import type { Recorder, RecordingResult } from './recorder.js';
import type { Outcome, Run } from './run.js';
import type { ScriptCall } from './script-call.js';

type Record = Extract<ApiExtensionCommand, { name: 'Record' }>;

export async function recordCall(run: Run, step: Record, signal: AbortSignal): Promise<Outcome> {
  const { call } = run;
  const recorder = await start(run, step);
  const enough = new AbortController();
  const stop = () => recorder.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (step.finishDigits !== undefined) stopAtKey(call, step.finishDigits, recorder, enough.signal);
  const result = await recorder.done;
  enough.abort();
  signal.removeEventListener('abort', stop);
  if (step.finishedUrl === undefined) return undefined;
  return completed(run, step.finishedUrl, result, signal);
}

async function start(run: Run, { format, duration, inactivity }: Record): Promise<Recorder> {
  const { call, parts } = run;
  try {
    return await startRecorder({
      folder: parts.recordings.folder,
      format,
      limits: { duration, inactivity },
      log: parts.log,
      tap: (listener, ended) => {
        call.signal.addEventListener('abort', ended, { once: true });
        const leave = call.media.tap(listener);
        return () => {
          call.signal.removeEventListener('abort', ended);
          leave();
        };
      },
    });
  } catch (error) {
    if (error instanceof AudioError) throw inappropriate('Record', error.message);
    throw error;
  }
}

/** One of these keys ends the recording. Keys pressed before it began do not count. */
function stopAtKey(call: ScriptCall, keys: string, recorder: Recorder, enough: AbortSignal): void {
  call.digits.clear();
  const wait = async (): Promise<void> => {
    for (;;) {
      await call.digits.ready(AbortSignal.any([enough, call.signal]));
      if (keys.includes(call.digits.take() ?? '')) return recorder.stop();
    }
  };
  // The signals end the waiting; nothing else can go wrong in it.
  wait().catch(() => {});
}

/** Tells the site. What it answers runs here while the call lives, otherwise without one. */
async function completed(
  run: Run,
  url: string,
  { success, duration, fileName }: RecordingResult,
  signal: AbortSignal,
): Promise<Outcome> {
  const { parts, call } = run;
  const notification = recordCompletedOfApiExtension({
    success,
    durationSeconds: duration,
    recordUrl: fileName === '' ? '' : parts.recordings.urlOf(fileName),
    ...call.parties(run.apiExtension),
  });
  if (call.signal.aborted) {
    parts.afterwards.tell({ url, trusted: false }, notification, run.context);
    return 'over';
  }
  const script = await run.ask('Record', 'FinishedUrl', url, notification);
  return run.commands(script.commands as Command<'api-extension'>[], signal);
}
