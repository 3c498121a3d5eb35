/** Makes elements; texts are set as texts, so that nothing that was received becomes markup. */

/** An element with properties and children; `dataset` and `className` go with the properties. */
export function element(name, { dataset = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  Object.assign(made.dataset, dataset);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const byId = (id) => document.getElementById(id);
