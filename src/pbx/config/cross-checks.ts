/** What no single key can tell: numbers used twice, lines that ring nobody, a certificate without its key. */
import { printable } from './problem.js';
import type { Problem } from './problem.js';
import type { Settings } from './settings.js';

/** Everything in which the keys of a configuration contradict each other. */
export function crossChecks(settings: Settings): Problem[] {
  return [
    ...ports(settings),
    ...tls(settings),
    ...identifiers(settings),
    ...references(settings),
    ...iceServers(settings),
    ...httpApi(settings),
    ...email(settings),
    ...sipLines(settings),
  ];
}

const PORT_KEYS = ['port', 'gatewayPort', 'apiPort'] as const;

function ports(settings: Settings): Problem[] {
  return PORT_KEYS.flatMap((key, index) => {
    const same = PORT_KEYS.slice(0, index).find((other) => settings[other] === settings[key]);
    // Port 0 asks for any free port, so it may be asked for more than once.
    if (same === undefined || settings[key] === 0) return [];
    return [problem(key, settings[key], `expected another port than that of ${same}`)];
  });
}

function tls({ tlsCert, tlsKey }: Settings): Problem[] {
  if ((tlsCert === undefined) === (tlsKey === undefined)) return [];
  return tlsCert === undefined
    ? [problem('tlsKey', tlsKey, 'expected tlsCert beside it: a key is of no use without its certificate')]
    : [problem('tlsCert', tlsCert, 'expected tlsKey beside it: a certificate is of no use without its key')];
}

/** Extensions, conferences and lines share one list in every phone, so their ids may not meet. */
function identifiers({ extensions, conferences, apiExtensions, outsideLines, users }: Settings): Problem[] {
  const accounts = [
    ...extensions.map((extension, index) => ({ key: `extensions[${index}].id`, id: extension.id })),
    ...conferences.map((conference, index) => ({ key: `conferences[${index}].id`, id: conference.id })),
    ...apiExtensions.map((extension, index) => ({ key: `apiExtensions[${index}].id`, id: extension.id })),
    ...outsideLines.map((line, index) => ({ key: `outsideLines[${index}].id`, id: line.id })),
  ];
  const tokens = outsideLines.flatMap((line, index) =>
    line.type === 'webphone' ? [{ key: `outsideLines[${index}].token`, id: line.token }] : [],
  );
  const people = users.map((user, index) => ({ key: `users[${index}].id`, id: user.id }));
  return [accounts, tokens, people].flatMap((list) =>
    list.flatMap(({ key, id }, index) => {
      const first = list.slice(0, index).find((other) => other.id === id);
      return first ? [problem(key, id, `expected each to differ, it is that of ${first.key} too`)] : [];
    }),
  );
}

/** Every place that names an extension, or anything else that can be called, names one there is. */
function references({
  extensions,
  conferences,
  apiExtensions,
  outsideLines,
  users,
  dialPlan,
}: Settings): Problem[] {
  const desks = new Set(extensions.map((extension) => extension.id));
  const numbers = new Set([...desks, ...[...conferences, ...apiExtensions].map(({ id }) => id)]);
  const trunks = new Set(outsideLines.flatMap(({ type, id }) => (type === 'sip' ? [id] : [])));
  const missing = (named: { key: string; id: string }[], known: ReadonlySet<string>, expected: string) =>
    named.filter(({ id }) => !known.has(id)).map(({ key, id }) => problem(key, id, expected));
  return [
    ...missing(
      users.flatMap((user, index) =>
        user.extensions.map((id, at) => ({ key: `users[${index}].extensions[${at}]`, id })),
      ),
      desks,
      'expected the id of one of the extensions',
    ),
    ...missing(
      [
        ...outsideLines.flatMap(({ rings }, index) =>
          rings === undefined ? [] : [{ key: `outsideLines[${index}].rings`, id: rings }],
        ),
        ...dialPlan.rules.flatMap(({ to, line }, index) =>
          line !== undefined || /\{(?:number|rest)\}/.test(to)
            ? []
            : [{ key: `dialPlan.rules[${index}].to`, id: to }],
        ),
      ],
      numbers,
      'expected the id of one of the extensions, conferences or API extensions',
    ),
    ...missing(
      dialPlan.rules.flatMap(({ line }, index) =>
        line === undefined ? [] : [{ key: `dialPlan.rules[${index}].line`, id: line }],
      ),
      trunks,
      'expected the id of one of the outside lines of type "sip"',
    ),
  ];
}

function iceServers({ iceServers: servers }: Settings): Problem[] {
  return servers.flatMap((server, index) => {
    const given = server.username !== undefined || server.credential !== undefined;
    if (server.secret !== undefined && given) {
      return [
        problem(
          `iceServers[${index}]`,
          undefined,
          'expected either secret, or username and credential, not both',
        ),
      ];
    }
    if ((server.username === undefined) !== (server.credential === undefined)) {
      return [
        problem(`iceServers[${index}]`, undefined, 'expected username and credential together, or neither'),
      ];
    }
    return [];
  });
}

/** A password without a user name is of no use, and an API that anybody may use is an accident. */
function httpApi({ httpApi: api }: Settings): Problem[] {
  if (!api) return [];
  const { username, passwordHash, allowedAddresses } = api;
  if ((username === undefined) !== (passwordHash === undefined)) {
    return [problem('httpApi', undefined, 'expected username and passwordHash together, or neither')];
  }
  if (username === undefined && allowedAddresses === undefined) {
    return [
      problem(
        'httpApi',
        undefined,
        'expected username and passwordHash, or allowedAddresses, so that not everybody may use it',
      ),
    ];
  }
  return [];
}

function email({ email: server }: Settings): Problem[] {
  if (!server || (server.username === undefined) === (server.password === undefined)) return [];
  return [problem('email', undefined, 'expected username and password together, or neither')];
}

/** What a line needs beside what its own keys say. */
function sipLines({ outsideLines }: Settings): Problem[] {
  return outsideLines.flatMap((line, index) => {
    if (line.type !== 'sip') return [];
    const key = (name: string) => `outsideLines[${index}].${name}`;
    const { register, password, transport, tlsCa, server } = line;
    const problems: Problem[] = [];
    if (register && password === undefined) {
      problems.push(
        problem(key('password'), undefined, 'expected a value to register with, or "register": false'),
      );
    }
    if (tlsCa !== undefined && transport !== 'tls') {
      problems.push(problem(key('tlsCa'), tlsCa, 'expected "transport": "tls" beside it'));
    }
    if (Number(/:(\d+)$/.exec(server)?.[1] ?? 0) > 65_535) {
      problems.push(problem(key('server'), server, 'expected a port number from 1 to 65535'));
    }
    return problems;
  });
}

function problem(key: string, value: unknown, expected: string): Problem {
  return { key, value: printable(/(\w+)(\[\d+\])?$/.exec(key)?.[1], value), expected };
}
