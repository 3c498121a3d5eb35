export { readXml, XmlError } from './read.js';
export type { XmlAttribute, XmlElement, XmlLimits } from './read.js';
export { escapeXml } from './write.js';
