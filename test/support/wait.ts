/** Waiting in a browser test for what is about to be so. */
import { waitUntil as ask } from '@open-wc/testing';

/** How long a busy machine may take for anything, in milliseconds; what a test limits in time, it measures. */
const PATIENCE = 30_000;

/** Resolves when it is so, which is asked again and again; rejects with what was waited for. */
export function waitUntil(
  isSo: () => unknown,
  what?: string,
  { timeout = PATIENCE, ...options }: { interval?: number; timeout?: number } = {},
): Promise<void> {
  return ask(isSo, what, { timeout, ...options });
}
