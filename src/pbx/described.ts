/** What the protocol describes, for schemas of what the phone system writes down. */
import * as v from 'valibot';
import { check, type Schema } from '../protocol/index.js';

/** A schema of the library's that takes what one of the protocol's takes. */
export function described<T>(schema: Schema<T>): v.GenericSchema<unknown, T> {
  return v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }): T => {
      try {
        return check(schema, dataset.value);
      } catch (error) {
        addIssue({ message: (error as TypeError).message });
        return NEVER;
      }
    }),
  );
}
