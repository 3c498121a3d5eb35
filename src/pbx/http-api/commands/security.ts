/** The command that makes security tokens. */
import { required } from '../../ozml/parameter.js';
import type { XmlElement } from '../../xml/index.js';
import { Xml } from '../answer.js';
import { command } from '../command.js';
import { xml } from '../kinds.js';
import { invalidParameter } from '../status.js';
import { readDocument } from './documents.js';

const NAME = 'GenerateSecurityToken';

export const SECURITY = [
  command({
    name: NAME,
    group: 'Security',
    right: 'tokens',
    summary: 'Makes a token by which a page signs in without a password.',
    parameters: { authXml: required('AuthXml', xml) },
    run({ authXml }, phoneSystem) {
      const allowSessionModification = readOptions(readDocument('AuthXml', authXml));
      const token = phoneSystem.issueToken({ allowSessionModification });
      return { after: [Xml.element('SecurityToken', token)] };
    },
  }),
];

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Whether the token shall allow changing sessions; what is not known is refused rather than left out. */
function readOptions({ name, text, children }: XmlElement): boolean {
  if (name !== 'SecurityToken' || text.trim() !== '') throw invalidParameter('AuthXml', NAME);
  const [option, ...more] = children;
  if (!option) return false;
  const allow = FLAGS[option.text.trim().toLowerCase()];
  if (more.length > 0 || option.name !== 'AllowSessionModification' || option.children.length > 0) {
    throw invalidParameter('AuthXml', NAME);
  }
  if (allow === undefined) throw invalidParameter('AllowSessionModification', NAME);
  return allow;
}
