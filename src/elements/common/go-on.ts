/** Has the focus go on at the title of what a tag shows: a harmless place, when what had the focus is gone. */
export function goOnAtTitle(root: ShadowRoot | null): void {
  const title = root?.querySelector('h2');
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}
