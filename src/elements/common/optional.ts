import { nothing } from 'lit';

/** An attribute's value, or no attribute at all. (To the checker of templates it is always a value.) */
export function optional<T extends string>(value: T | false | undefined): T {
  return (value || nothing) as T;
}
