/** OzML: what a company's web site answers to a notification. Pure; it reads and checks, others carry out. */
export { bind } from './bind.js';
export type {
  ApiExtensionCommand,
  Bound,
  Input,
  Item,
  MessageCommand,
  RoutingCommand,
  Step,
  ThirdPartyCommand,
} from './bound.js';
export { describeCommands } from './describe.js';
export type { CommandDescription, ParameterDescription } from './describe.js';
export { OzmlError } from './error.js';
export type { OzmlErrorCode } from './error.js';
export { LIMITS as OZML_LIMITS } from './limits.js';
export { parseOzml } from './parse.js';
export { Scope } from './scope.js';
export type { Command, CommandSet, Script } from './script.js';
export { steps } from './steps.js';
