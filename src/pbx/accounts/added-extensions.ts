/** What an extension is that a command added, and how such extensions join those of the configuration file. */
import * as v from 'valibot';
import { numberSchema } from '../../protocol/index.js';
import { isWebAddress, passwordHash, text } from '../config/parts.js';
import type { ApiExtensionSettings, Settings } from '../config/settings.js';

const common = {
  id: numberSchema,
  /** As phones show it. */
  name: text,
  /** One that is not can be neither called nor signed in as. */
  enabled: v.boolean(),
  /** The id of the user on whose desk it is; empty for nobody's. */
  userId: v.string(),
};
/** An address, or nothing. */
const webAddress = v.union([
  v.literal(''),
  v.pipe(
    v.string(),
    v.maxLength(2048),
    v.check((value) => isWebAddress(value)),
  ),
]);

/** An extension that a command added. */
export const addedExtensionSchema = v.variant('type', [
  v.strictObject({ type: v.literal('Webphone'), ...common, passwordHash }),
  v.strictObject({
    type: v.literal('API'),
    ...common,
    incomingCallUrl: webAddress,
    incomingMessageUrl: webAddress,
    errorUrl: webAddress,
  }),
  v.strictObject({ type: v.literal('Conference'), ...common }),
]);
export type AddedExtension = v.InferOutput<typeof addedExtensionSchema>;
export type ExtensionType = AddedExtension['type'];

/** The types there are, as commands name them and phones are shown them. */
export const EXTENSION_TYPES: readonly ExtensionType[] = ['Webphone', 'API', 'Conference'];

/** An API extension, and whether its addresses are the administrator's own or came with a command. */
export interface ApiExtension extends ApiExtensionSettings {
  readonly trusted: boolean;
}

/** The configuration with the extensions in it that commands added. */
export type EffectiveSettings = Omit<Settings, 'apiExtensions'> & { apiExtensions: ApiExtension[] };

/** The ids the configuration file has given away. */
export function idsOf({ extensions, conferences, apiExtensions, outsideLines }: Settings): Set<string> {
  return new Set([extensions, conferences, apiExtensions, outsideLines].flat().map(({ id }) => id));
}

/** The settings with the added extensions. Of two with one id, that of the file counts. */
export function withAdded(settings: Settings, added: readonly AddedExtension[]): EffectiveSettings {
  const taken = idsOf(settings);
  const joining = added.filter(({ id, enabled }) => enabled && !taken.has(id));
  const ofType = <T extends ExtensionType>(type: T) =>
    joining.filter((extension): extension is Extract<AddedExtension, { type: T }> => extension.type === type);
  return {
    ...settings,
    extensions: [
      ...settings.extensions,
      ...ofType('Webphone').map(({ id, name, passwordHash: hash }) => ({
        ...{ id, name, passwordHash: hash, privileges: [] },
      })),
    ],
    conferences: [...settings.conferences, ...ofType('Conference').map(({ id, name }) => ({ id, name }))],
    apiExtensions: [
      ...settings.apiExtensions.map((extension) => ({ ...extension, trusted: true })),
      ...ofType('API').map(({ id, name, incomingCallUrl, incomingMessageUrl, errorUrl }) => ({
        ...{ id, name, trusted: false },
        ...(incomingCallUrl !== '' && { incomingCallUrl }),
        ...(incomingMessageUrl !== '' && { incomingMessageUrl }),
        ...(errorUrl !== '' && { errorUrl }),
      })),
    ],
    users: settings.users.map((user) => {
      const desks = ofType('Webphone').filter(({ userId }) => userId === user.id);
      return { ...user, extensions: [...new Set([...user.extensions, ...desks.map(({ id }) => id)])] };
    }),
  };
}
