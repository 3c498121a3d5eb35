/**
 * What is read of the small XML documents of event packages: elements by name, whatever their prefix, and attributes.
 * No parser: documents come from the network, and nothing of them is put into a page but as text.
 */

export interface XmlElement {
  readonly attributes: string;
  readonly body: string;
}

/** The elements of a name, in order; those of one name are never within each other in these documents. */
export function elements(document: string, name: string): XmlElement[] {
  const found = document.matchAll(
    new RegExp(`<(?:[\\w-]+:)?${name}(\\s[^>]*?)?(?:/>|>([\\s\\S]*?)</(?:[\\w-]+:)?${name}\\s*>)`, 'g'),
  );
  return [...found].map(([, attributes = '', body = '']) => ({ attributes, body }));
}

export function attribute(attributes: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? undefined : unescaped(value);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
}
