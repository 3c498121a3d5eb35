/** Makes a sound file a clip that can be played to a party. */
import type { Clip } from '../engine.js';
import { AudioError } from './audio-error.js';

/**
 * Reads WAV, MP3, Ogg Opus and Ogg Vorbis, known by their content; other formats by ffmpeg when it is installed.
 * Stereo is mixed to mono. Works in a thread of its own. Rejects with an {@link AudioError}.
 */
export function readClip(_file: Buffer): Promise<Clip> {
  return Promise.reject(new AudioError('No sound file can be read yet.'));
}
