/** Building pages without strings of HTML, which the policy of the demo does not allow. */

/** An element with attributes and children; a child that is a string is text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A line of text, with `code` in backticks. */
export function inline(text = '') {
  return text.split('`').map((part, index) => (index % 2 ? make('code', {}, part) : part));
}

/** Paragraphs and blocks of code, as class comments have them. */
export function prose(text = '') {
  return text.split('```').flatMap((part, index) => {
    if (index % 2)
      return make('pre', { tabindex: '0' }, make('code', {}, part.replace(/^html\n/, '').trim()));
    return part
      .split(/\n{2,}/)
      .filter((paragraph) => paragraph.trim())
      .map((paragraph) => make('p', {}, ...inline(paragraph.trim())));
  });
}
