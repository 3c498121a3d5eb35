/**
 * Finding what is on a page as a person does who hears it read out: by role and name, through all shadow roots. Looked
 * for in the page itself; asking the browser's accessibility tree again and again keeps it busier than the calls do.
 */
import type { ElementHandle, Page } from 'puppeteer-core';

/** What a role is without saying so. */
const KINDS: Readonly<Record<string, string>> = {
  ...{ button: 'button', textbox: 'input, textarea', combobox: 'select', checkbox: '[type=checkbox]' },
  ...{ link: 'a[href]', tab: '[role=tab]', radio: '[type=radio]' },
};

/** What has that name and role, once it is seen and, unless that does not matter, can be used. */
export async function find(
  page: Page,
  name: string | RegExp,
  { role = 'button', usable = true } = {},
): Promise<ElementHandle<HTMLElement>> {
  const kind = KINDS[role];
  if (!kind) throw new Error(`What is a ${role}?`);
  const pattern = name instanceof RegExp ? name : null;
  try {
    const found = await page.waitForFunction(
      (wanted, source, flags, selector, explicit, enabled) => {
        const all = (root: ParentNode): HTMLElement[] =>
          [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => [
            element,
            ...(element.shadowRoot ? all(element.shadowRoot) : []),
          ]);
        // In a slot, what the page has put there.
        const said = (element: Element): Node[] => {
          const put = element instanceof HTMLSlotElement ? element.assignedNodes({ flatten: true }) : [];
          return put.length ? put : [...element.childNodes];
        };
        const words = (node: Node): string =>
          node instanceof Element
            ? node.matches('svg, [aria-hidden=true]')
              ? ''
              : said(node).map(words).join('')
            : node.nodeType === Node.TEXT_NODE
              ? node.nodeValue!
              : '';
        const nameOf = (element: HTMLElement): string =>
          element.getAttribute('aria-label') ??
          words((element as Partial<HTMLInputElement>).labels?.[0] ?? element);
        const fits = (called: string) =>
          source === null ? called === wanted : new RegExp(source, flags).test(called);
        return all(document).find(
          (element) =>
            (element.getAttribute('role') ?? explicit) === explicit &&
            element.matches(`:is(${selector}), [role=${explicit}]`) &&
            fits(nameOf(element).replace(/\s+/g, ' ').trim()) &&
            element.checkVisibility({ visibilityProperty: true }) &&
            (!enabled ||
              (element.getAttribute('aria-disabled') !== 'true' && !(element as HTMLButtonElement).disabled)),
        );
      },
      { polling: 50 },
      ...([String(name), pattern?.source ?? null, pattern?.flags ?? '', kind, role, usable] as const),
    );
    return found.asElement() as ElementHandle<HTMLElement>;
  } catch (error) {
    const called = pattern ? String(name) : `"${String(name)}"`;
    throw new Error(`There is no ${role} ${called} that can be ${usable ? 'used' : 'seen'}.`, {
      cause: error,
    });
  }
}
