/** A client as it is written down, so that it can come back to the process after this one. */
import * as v from 'valibot';
import { extensionSchema, identitySchema, object, propertiesSchema } from '../../protocol/index.js';
import { described } from '../described.js';

const { status: _status, ...account } = extensionSchema.of;

export const keptClientSchema = v.object({
  /** Who signed in; what is secret in it only as its hash. */
  signIn: v.object({
    identity: described(identitySchema),
    account: described(object(account)),
    rings: v.nullable(v.string()),
    proofHash: v.string(),
  }),
  /** The origin of the page; null for a program. */
  origin: v.nullable(v.string()),
  properties: propertiesSchema,
  /** The hashes of the resume secrets that are good. */
  secrets: v.array(v.string()),
  program: v.object({ address: v.string(), port: v.number(), userAgent: v.string() }),
});
export type KeptClient = v.InferOutput<typeof keptClientSchema>;
