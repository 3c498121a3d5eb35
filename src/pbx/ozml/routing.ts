/** The command that answers RoutingInterception. */
import { line, wholeNumber } from './kinds.js';
import { optional, required, withDefault } from './parameter.js';
import { row } from './row.js';

export const ROUTING = [
  row(
    'Route',
    {
      /** An extension, or the name of an outside line; empty rejects the call. */
      destination: required('Destination', line(), { mayBeEmpty: true }),
      ringTime: withDefault('RingTime', wholeNumber(1, 3600), 90),
      callerId: optional('CallerId', line()),
      /** The number to dial through the outside line. */
      dialedNumber: optional('DialedNumber', line(), { aliases: ['DialledNumber'] }),
    },
    { main: 'destination', onlyFirst: true },
  ),
] as const;
