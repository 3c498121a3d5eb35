/** The configuration of `--demo`: four desks and their people, a conference, an API extension, a web site's line. */
import type { SettingsInput } from './settings.js';

/** An extension of the demo and the password to sign in with, which everybody may know. */
export interface DemoLogin {
  readonly extension: string;
  readonly name: string;
  readonly password: string;
}

const DESKS = [
  {
    id: '1001',
    name: 'Front desk',
    passwordHash: 'scrypt$16384$8$1$HB9JDiyPqhrI0YeQBW8ZOw==$AqIoOpAdf9HATSivbLVo3jyc6hrG2V6bhoXPXTQ/uUo=',
  },
  {
    id: '1002',
    name: 'Sales',
    passwordHash: 'scrypt$16384$8$1$3tXe2j2iZXIDqsNs2lYFLg==$JDw0gRqGdOuDASy2sp3ML1pvxMiSyFe7FOgifHSM7NE=',
  },
  {
    id: '1003',
    name: 'Support',
    passwordHash: 'scrypt$16384$8$1$MLOY1YxvZQT2DW2VqQrqQA==$o909IZuXdRL+LtbtFD2zPpJMGOJkQxm/AjEbCFHJphU=',
  },
  {
    id: '1004',
    name: 'Supervisor',
    privileges: 'all' as const,
    passwordHash: 'scrypt$16384$8$1$py7RnWGZMYBaXoQMNVeZLw==$oRVd/nhuYs7ucaXDk9NUeJ3QtI0s2NMaAcESOyyf8Q0=',
  },
];

/** The people at the desks; the addresses are of a domain that is kept for examples (RFC 2606). */
const PEOPLE = [
  {
    id: 'anna',
    fullName: 'Anna Kovács',
    emailAddress: 'anna@example.com',
    phoneNumber: '1001',
    mobileNumber: '+1 202 555 0101',
    extensions: ['1001'],
  },
  {
    id: 'ben',
    fullName: 'Ben Carter',
    emailAddress: 'ben@example.com',
    phoneNumber: '1002',
    mobileNumber: '+1 202 555 0102',
    extensions: ['1002'],
  },
  {
    id: 'chloe',
    fullName: 'Chloé Martin',
    emailAddress: 'chloe@example.com',
    phoneNumber: '1003',
    mobileNumber: '+1 202 555 0103',
    extensions: ['1003'],
  },
  {
    id: 'david',
    fullName: 'David Okafor',
    emailAddress: 'david@example.com',
    phoneNumber: '1004',
    mobileNumber: '+1 202 555 0104',
    extensions: ['1004'],
  },
];

/** The hashes of passwords that everybody knows. */
export const DEMO_HASHES: ReadonlySet<string> = new Set(DESKS.map(({ passwordHash }) => passwordHash));

/** The demo's extensions with their passwords, to be shown at the start. */
export const DEMO_LOGINS: readonly DemoLogin[] = DESKS.map(({ id, name }) => ({
  extension: id,
  name,
  password: `demo-${id}`,
}));

/** The demo's configuration: nothing is kept on disk, and every page of this machine may connect. */
export function demoSettings(): SettingsInput {
  return {
    data: ':memory:',
    allowedOrigins: ['loopback'],
    extensions: DESKS.map((desk) => ({ ...desk })),
    users: PEOPLE.map((person) => ({ ...person, extensions: [...person.extensions] })),
    conferences: [{ id: '5000', name: 'Conference' }],
    apiExtensions: [{ id: '9999', name: 'API extension' }],
    outsideLines: [
      { id: 'website', type: 'webphone', name: 'Website visitor', token: 'website', rings: '1001' },
    ],
    simulateFaults: true,
    // Programs of this machine, without a password; and web sites on it, which elsewhere have to be listed.
    httpApi: { allowedAddresses: ['loopback'], allowTargets: ['loopback'] },
  };
}
