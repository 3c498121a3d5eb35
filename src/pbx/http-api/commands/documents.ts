/** Parameters that are XML documents. */
import { readXml, XmlError } from '../../xml/index.js';
import type { XmlElement } from '../../xml/index.js';
import { parseError } from '../status.js';

/** The document in a parameter; throws 300 when it is none. */
export function readDocument(parameter: string, text: string): XmlElement {
  try {
    return readXml(text);
  } catch (error) {
    if (error instanceof XmlError) throw parseError(`parameter '${parameter}': ${error.message}`);
    throw error;
  }
}
