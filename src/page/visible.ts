/** Whether somebody looks at this page now. */
export function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
