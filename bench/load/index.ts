/** The phone system under load, beside what must be done at least: a bare relay of messages, a bare forwarder of sound. */
import { measureMedia, type MediaLoad } from './media-load.js';
import { measureSignalling, type SignallingLoad } from './signalling-load.js';

export interface Load extends SignallingLoad {
  readonly media: Record<'engine' | 'werift', MediaLoad>;
}

export async function measureLoad(): Promise<Load> {
  return { ...(await measureSignalling()), media: await measureMedia() };
}
