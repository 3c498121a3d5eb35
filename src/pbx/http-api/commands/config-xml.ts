/** The `<Config>` of an extension, as commands write and read it. */
import type { ExtensionEntry, ExtensionFields, ExtensionType } from '../../accounts/index.js';
import type { Contact } from '../../registrar/index.js';
import type { XmlElement } from '../../xml/index.js';
import { Xml } from '../answer.js';
import { invalidConfig } from '../status.js';

/** What the attribute `knownType` says for each type; `SIPExtensionInfo` is the one the documents have. */
const KNOWN_TYPES: Record<ExtensionType, readonly string[]> = {
  Webphone: ['WebphoneExtensionInfo', 'SIPExtensionInfo'],
  API: ['APIExtensionInfo'],
  Conference: ['ConferenceExtensionInfo'],
};

/** The elements that say something, and what of an extension they say. */
const FIELDS: Readonly<Record<string, keyof ExtensionFields>> = {
  id: 'id',
  username: 'name',
  password: 'password',
  enabled: 'enabled',
  userid: 'userId',
  incomingcallurl: 'incomingCallUrl',
  incomingmessageurl: 'incomingMessageUrl',
  errorurl: 'errorUrl',
};
/** What "GetConfig" shows and nobody can set: taken, so that its answer can be sent back, and not used. */
const SHOWN_ONLY = new Set(['lastipaddress', 'useragentname']);
/** Elements that may be left empty with a meaning: nothing at all. */
const EMPTY_COUNTS: readonly (keyof ExtensionFields)[] = [
  'userId',
  'incomingCallUrl',
  'incomingMessageUrl',
  'errorUrl',
];
const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Reads a `<Config>` of an extension of that type; throws 702 for what does not belong there. */
export function readConfig(root: XmlElement, type: ExtensionType): ExtensionFields {
  if (root.name.toLowerCase() !== 'config') throw invalidConfig('the document is a Config');
  checkKnownType(root, type);
  const fields: Partial<Record<keyof ExtensionFields, string | boolean>> = {};
  const seen = new Set<string>();
  let authorizationName = '';
  for (const { name, text, children } of root.children) {
    const key = name.toLowerCase();
    if (children.length > 0) throw invalidConfig(`${name}: it holds a text and no elements`);
    if (seen.has(key)) throw invalidConfig(`${name}: it is there twice`);
    seen.add(key);
    const field = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
    if (key === 'authorizationname') authorizationName = text.trim();
    else if (field) addField(fields, field, name, text);
    else if (!SHOWN_ONLY.has(key)) throw invalidConfig(`${name}: there is no such element`);
  }
  const { id } = fields;
  if (typeof id !== 'string') throw invalidConfig('ID: it is missing');
  // One signs in by the number; a name of another kind would be of no use, and its owner would not find out why.
  if (authorizationName !== '' && authorizationName !== id) {
    throw invalidConfig('AuthorizationName: it is the ID, or empty');
  }
  return fields as ExtensionFields;
}

function addField(
  fields: Partial<Record<keyof ExtensionFields, string | boolean>>,
  field: keyof ExtensionFields,
  name: string,
  text: string,
): void {
  // A password may begin or end with a blank.
  const value = field === 'password' ? text : text.trim();
  if (value === '' && !EMPTY_COUNTS.includes(field)) return;
  if (field !== 'enabled') fields[field] = value;
  else {
    const flag = FLAGS[value.toLowerCase()];
    if (flag === undefined) throw invalidConfig(`${name}: it is true or false`);
    fields.enabled = flag;
  }
}

/** The attribute may be left out; a prefix such as that of `xsi:type` does not matter. */
function checkKnownType({ attributes }: XmlElement, type: ExtensionType): void {
  const given = attributes.find(({ name }) => name.toLowerCase() === 'knowntype');
  if (!given || KNOWN_TYPES[type].some((known) => known.toLowerCase() === given.value.toLowerCase())) return;
  throw invalidConfig(`knownType: an extension of the type ${type} is a ${KNOWN_TYPES[type].join(' or ')}`);
}

/** Writes an extension, as phones know it; its password is never told. */
export function writeConfig(entry: ExtensionEntry, client: Contact['client']): Xml {
  const { id, type, name, enabled, userId, incomingCallUrl, incomingMessageUrl, errorUrl } = entry;
  const own: Record<ExtensionType, Xml[]> = {
    Webphone: [
      Xml.element('AuthorizationName', id),
      Xml.element('Password', ''),
      Xml.element('LastIPAddress', client ? `${client.address}:${client.port} (Tcp)` : ''),
      Xml.element('UserAgentName', client?.userAgent ?? ''),
    ],
    API: [
      Xml.element('IncomingCallUrl', incomingCallUrl),
      Xml.element('IncomingMessageUrl', incomingMessageUrl),
      Xml.element('ErrorUrl', errorUrl),
    ],
    Conference: [],
  };
  const [knownType = ''] = KNOWN_TYPES[type];
  return Xml.element(
    'Config',
    [
      ...own[type],
      Xml.element('Username', name),
      Xml.element('Enabled', enabled),
      Xml.element('ID', id),
      Xml.element('UserID', userId),
    ],
    { knownType },
  );
}
