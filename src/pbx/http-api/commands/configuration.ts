/** The commands that add, change, remove and show extensions. */
import { ExtensionError, EXTENSION_TYPES } from '../../accounts/index.js';
import type { ExtensionType } from '../../accounts/index.js';
import { oneOf } from '../../ozml/kinds.js';
import { required } from '../../ozml/parameter.js';
import { Xml } from '../answer.js';
import { command } from '../command.js';
import { number, xml } from '../kinds.js';
import { configAlreadyExists, configNotFound, invalidConfig, STATUS } from '../status.js';
import { readConfig, writeConfig } from './config-xml.js';
import { readDocument } from './documents.js';

const GROUP = 'Configuration';

/** `SIP` is the one type the documents name; here such an extension is a webphone. */
const extensionType = required('ExtensionType', oneOf(...EXTENSION_TYPES, 'SIP'));
const configXml = required('ConfigXML', xml);
const extensionId = required('ExtensionId', number);

const typeOf = (named: ExtensionType | 'SIP'): ExtensionType => (named === 'SIP' ? 'Webphone' : named);

export const CONFIGURATION = [
  command({
    name: 'AddConfig',
    group: GROUP,
    right: 'configuration',
    summary: 'Adds an extension.',
    parameters: { extensionType, configXml },
    codes: [STATUS.invalidConfig, STATUS.configAlreadyExists],
    async run({ extensionType: named, configXml: document }, { extensions }) {
      const type = typeOf(named);
      const fields = readConfig(readDocument('ConfigXML', document), type);
      await extensions.add(type, fields).catch((error: unknown) => {
        throw explain(error, fields.id);
      });
      return {};
    },
  }),
  command({
    name: 'ModifyConfig',
    group: GROUP,
    right: 'configuration',
    summary: 'Changes an extension that a command added; what is left out stays as it is.',
    parameters: { extensionType, configXml },
    codes: [STATUS.configNotFound, STATUS.invalidConfig],
    async run({ extensionType: named, configXml: document }, { extensions }) {
      const type = typeOf(named);
      const fields = readConfig(readDocument('ConfigXML', document), type);
      await extensions.modify(type, fields).catch((error: unknown) => {
        throw explain(error, fields.id);
      });
      return {};
    },
  }),
  command({
    name: 'RemoveConfig',
    group: GROUP,
    right: 'configuration',
    summary: 'Removes an extension that a command added.',
    parameters: { extensionId },
    codes: [STATUS.configNotFound, STATUS.invalidConfig],
    run({ extensionId: id }, { extensions }) {
      try {
        extensions.remove(id);
      } catch (error) {
        throw explain(error, id);
      }
      return {};
    },
  }),
  command({
    name: 'GetConfig',
    group: GROUP,
    right: 'configuration',
    summary: 'Shows an extension, without its password.',
    parameters: { extensionId },
    codes: [STATUS.configNotFound],
    run({ extensionId: id }, phoneSystem) {
      const entry = phoneSystem.extensions.find(id);
      if (!entry) throw configNotFound(id);
      return { before: [writeConfig(entry, phoneSystem.clientOf(id))] };
    },
  }),
  command({
    name: 'ListExtensions',
    group: GROUP,
    right: 'view',
    summary: 'Lists the extensions there are.',
    parameters: {},
    run(_values, { extensions }) {
      const summaries = extensions
        .list()
        .map(({ id, type }) =>
          Xml.element('ExtensionSummary', [Xml.element('Id', id), Xml.element('Type', type)]),
        );
      return { after: [Xml.element('Extensions', summaries)] };
    },
  }),
  command({
    name: 'ListExtensionTypes',
    group: GROUP,
    right: 'view',
    summary: 'Lists the types of extensions that can be added.',
    parameters: {},
    run: () => ({
      after: [
        Xml.element(
          'ExtensionTypes',
          EXTENSION_TYPES.map((type) => Xml.element('ExtensionType', type)),
        ),
      ],
    }),
  }),
];

function explain(error: unknown, id: string): unknown {
  if (!(error instanceof ExtensionError)) return error;
  switch (error.problem) {
    case 'exists':
      return configAlreadyExists(id);
    case 'not-found':
      return configNotFound(id);
    case 'invalid':
      return invalidConfig(error.message);
  }
}
