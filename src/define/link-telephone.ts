import type { LinkTelephoneOptions } from '../elements/link-telephone/link-numbers.js';

export type { LinkTelephoneOptions };

/**
 * Turns `tel:` links and marked-up numbers into call buttons of an outside line (`line`), or into links that call with
 * the `<ozeki-client>` around them or the one named by `client`. Resolves, when all that is there is done, with a
 * function that puts everything as it was. What it takes is loaded by the call.
 *
 * @param root Where to look: an element, a shadow root or the document.
 */
export async function linkTelephone(
  root: ParentNode & Node = document,
  options: LinkTelephoneOptions = {},
): Promise<() => void> {
  const [{ linkNumbers }] = await Promise.all([
    import('../elements/link-telephone/link-numbers.js'),
    options.line === undefined || import('./ozeki-call-button.js'),
  ]);
  return linkNumbers(root, options);
}
