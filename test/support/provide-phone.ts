import { ContextProvider } from '@lit/context';
import { phoneContext } from '../../src/elements/common/context.js';
import type { FakePhone } from './fake-phone.js';

/** Makes an element provide a fake phone to the tags inside it, as `<ozeki-client>` provides the real one. */
export function providePhone(element: HTMLElement, phone: FakePhone): void {
  new ContextProvider(element, { context: phoneContext, initialValue: phone.handle }).hostConnected();
}
