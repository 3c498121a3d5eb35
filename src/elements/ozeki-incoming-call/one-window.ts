/**
 * One window for one call. Of several `<ozeki-incoming-call>` with the same phone the first on the page that is not
 * hidden shows its calls; and none does while an `<ozeki-call>` of that phone, which shows every ringing call with
 * its buttons, is in view.
 */
import type { PhoneHandle } from '../../phone/handle.js';
import { askForPhone, providers } from '../common/context.js';

interface Window extends HTMLElement {
  requestUpdate(): void;
}

const KEY = Symbol.for('ozeki-webphone.incoming-windows');
type Registered = { [KEY]?: Set<Window> };

/** All such elements on this page, in the order they came, of whichever copy of the kit. */
const windows: Set<Window> = ((globalThis as Registered)[KEY] ??= new Set());

/** Takes part in the choice from now on. Returns the way to stop. */
export function join(element: Window): () => void {
  windows.add(element);
  return () => {
    windows.delete(element);
    for (const other of windows) other.requestUpdate();
  };
}

/** Whether an element is the one to show the ringing calls of a phone. */
export function isTheWindow(element: Window, phone: PhoneHandle): boolean {
  for (const other of windows) {
    if (phoneOf(other) === phone && other.checkVisibility()) {
      if (other !== element) return false;
      break;
    }
  }
  return !cardInView(document, phone);
}

/** The phone a tag belongs to, as its controller finds it. */
function phoneOf(element: HTMLElement): PhoneHandle | null {
  const client = element.getAttribute('client');
  return client ? (providers.find(client)?.phone ?? null) : askForPhone(element);
}

function cardInView(root: ParentNode, phone: PhoneHandle): boolean {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (element.localName === 'ozeki-call') {
      if (!element.hasAttribute('call-id') && inView(element) && phoneOf(element) === phone) return true;
    } else if (element.shadowRoot && cardInView(element.shadowRoot, phone)) return true;
  }
  return false;
}

function inView(element: HTMLElement): boolean {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const { top, bottom, left, right } = element.getBoundingClientRect();
  return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth && bottom > top;
}
