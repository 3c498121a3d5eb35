import type { CSSResult } from 'lit';

/** Adds the styles of a part that was loaded later to the element it is shown in, once. */
export function addStyles(root: DocumentFragment, styles: CSSResult): void {
  const sheet = styles.styleSheet;
  const present = (root as ShadowRoot).adoptedStyleSheets;
  if (sheet && !present.includes(sheet)) (root as ShadowRoot).adoptedStyleSheets = [...present, sheet];
}
