/** The kit's description of itself (custom-elements.json), as far as a page about a tag shows it. */
export async function readTags() {
  const response = await fetch('/custom-elements.json');
  if (!response.ok) throw new Error(`The description of the tags could not be read (${response.status}).`);
  const { modules } = await response.json();
  return modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ customElement, tagName }) => customElement && tagName)
    .sort((one, other) => one.tagName.localeCompare(other.tagName));
}
