/** Sound files: read to be played, written from what is recorded. */
export { AudioError } from './audio-error.js';
export { readClip } from './read-clip.js';
export { createRecordingWriter, type RecordingFormat, type RecordingWriter } from './recording-writer.js';
