/** The package as its users get it: packed, installed into an empty project, and used from there. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { build } from 'vite';
import { startBrowser } from '../support/browser.js';
import { installPackage, type InstalledPackage } from '../support/installed-package.js';
import { WebSite } from '../support/web-site.js';

interface Declaration {
  readonly tagName?: string;
  readonly name: string;
  readonly events?: readonly { readonly name: string; readonly type: { readonly text: string } }[];
}
const { modules } = JSON.parse(readFileSync('custom-elements.json', 'utf8')) as {
  modules: { declarations?: Declaration[] }[];
};
/** What the manifest says of each tag. */
const DECLARED = modules
  .flatMap(({ declarations = [] }) => declarations)
  .filter((one): one is Declaration & { tagName: string } => one.tagName !== undefined);
const TAGS = readdirSync('src/define')
  .filter((name) => name.startsWith('ozeki-'))
  .map((name) => name.replace('.ts', ''))
  .sort();

/** The class of a tag: `ozeki-session-list` is `OzekiSessionList`. */
const className = (tag: string) =>
  tag.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());

type Entry = string | { readonly types: string; readonly default: string };
const { exports, dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, Entry>;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};

let installed: InstalledPackage;
/** Where it lies in the project. */
const inPackage = (path = '') => join(installed.folder, 'node_modules/ozeki-webphone', path);

before(async () => {
  installed = await installPackage();
});
after(() => installed.remove());

describe('the files of the package', () => {
  it('are built ones with what belongs to them: no test, no source, no other thing', () => {
    const strange = installed.files.filter(
      (file) =>
        !/^(dist\/.+\.(js|d\.ts|js\.map)|dist\/cdn\/.+\.css|demo\/.+|(package|custom-elements)\.json|(README|CHANGELOG)\.md|LICENSE)$/.test(
          file,
        ),
    );
    assert.deepEqual(strange, []);
    assert.deepEqual(
      installed.files.filter((file) => /(^|\/)tests?\/|\.(test|spec)\.|node_modules|\.env|\.log$/.test(file)),
      [],
    );
  });

  it('have source maps with the sources in them, for the sources are not there', () => {
    for (const file of installed.files.filter((name) => name.endsWith('.map'))) {
      const { sources, sourcesContent } = JSON.parse(readFileSync(inPackage(file), 'utf8')) as {
        sources: string[];
        sourcesContent?: (string | null)[];
      };
      assert.equal(sourcesContent?.filter((text) => text !== null).length, sources.length, file);
    }
  });

  it('are what the exports name, and each type beside its module', () => {
    for (const [name, entry] of Object.entries(exports)) {
      const [types, module] = typeof entry === 'string' ? [null, entry] : [entry.types, entry.default];
      const modules = matching(module);
      assert.ok(modules.length > 0, `${name} leads to no file`);
      // The pattern of a folder: whatever lies there.
      if (types === null) continue;
      for (const star of modules)
        assert.ok(existsSync(inPackage(types.replaceAll('*', star))), `${name} of "${star}" has types`);
    }
    assert.deepEqual(matching(defaultOf('./ozeki-*.js')).sort(), TAGS.map((tag) => tag.slice(6)).sort());
    assert.deepEqual(matching(defaultOf('./elements/*.js')).sort(), TAGS);
  });

  it('are all reached from an entry, need no file that is missing, and no package that is not installed', () => {
    const { reached, packages, missing, visit } = walk();
    const scripts = installed.files.filter((file) => /^dist\/.+\.js$/.test(file));
    for (const name of Object.keys(exports).filter((name) => !name.endsWith('.json')))
      for (const star of matching(defaultOf(name)))
        if (scripts.includes(join(defaultOf(name).replaceAll('*', star))))
          visit(join(defaultOf(name).replaceAll('*', star)));
    visit('dist/pbx/cli/main.js');
    assert.deepEqual(missing, []);
    assert.deepEqual(
      // A module of types alone is empty as a script.
      scripts.filter(
        (file) =>
          !reached.has(file) &&
          !/^(\/\*[\s\S]*?\*\/\s*)?export \{\};\s*(\/\/# sourceMappingURL=\S+\s*)?$/.test(
            readFileSync(inPackage(file), 'utf8'),
          ),
      ),
      [],
    );
    for (const name of packages)
      assert.ok(name in { ...dependencies, ...optionalDependencies }, `${name} is a dependency`);
  });

  it('bring no package into a page but those its tags are made with', () => {
    const { packages, visit } = walk();
    for (const tag of TAGS) visit(`dist/define/${tag}.js`);
    assert.deepEqual([...packages].sort(), PACKAGES_IN_PAGES);
  });
});

/** Lit's, and what is loaded only for an address of SIP. */
const PACKAGES_IN_PAGES = ['@lit/context', 'jssip', 'lit'];

/** Follows imports through the installed package, from each file that is visited. */
function walk() {
  const reached = new Set<string>();
  const packages = new Set<string>();
  const missing: string[] = [];
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const specifier of importsOf(readFileSync(inPackage(file), 'utf8'))) {
      const target = join(dirname(file), specifier);
      if (specifier.startsWith('.') && !existsSync(inPackage(target)))
        missing.push(`${specifier} of ${file}`);
      else if (specifier.startsWith('.')) visit(target);
      else if (!specifier.startsWith('node:'))
        packages.add(specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
    }
  };
  return { reached, packages, missing, visit };
}

describe('the installed package, imported where there is no page', () => {
  interface Imported {
    names: Record<string, string[]>;
    browserLike: string[];
    failures: string[];
  }

  /** Imports all of these in one process. */
  async function imports(specifiers: readonly string[]): Promise<Imported> {
    await installed.write(
      'import-all.mjs',
      `const [names, failures] = [{}, []];
       for (const specifier of ${JSON.stringify(specifiers)})
         try { names[specifier] = Object.keys(await import(specifier)); }
         catch (error) { failures.push(specifier + ': ' + error); }
       const browserLike = ['window', 'document', 'HTMLElement'].filter((name) => name in globalThis);
       console.log(JSON.stringify({ names, browserLike, failures }));
       process.exitCode = 7;`,
    );
    // An import that kept the process busy would hold this up.
    const { stdout, stderr, code } = await installed.node('import-all.mjs');
    assert.equal(stderr, '');
    assert.equal(code, 7);
    return JSON.parse(stdout) as Imported;
  }

  it('gives every class and function, what the README names, too; looks like no browser; keeps nothing running', async () => {
    const readme = readFileSync('README.md', 'utf8');
    const told = [...readme.matchAll(/['"`](ozeki-webphone(?:\/[\w.-]+)*)['"`]/g)].map(([, one]) => one!);
    assert.ok(told.length > 4);
    const wanted: [path: string, names: string][] = [
      ...TAGS.flatMap((tag) =>
        ['', `/${tag}.js`, `/elements/${tag}.js`].map((path): [string, string] => [
          `ozeki-webphone${path}`,
          className(tag),
        ]),
      ),
      ['ozeki-webphone/phone', 'createPhone'],
      ['ozeki-webphone/link-telephone.js', 'linkTelephone'],
      ...[...readme.matchAll(/import \{ ([\w, ]+) \} from '(ozeki-webphone[\w./-]*)'/g)].map(
        ([, list, path]): [string, string] => [path!, list!],
      ),
    ];
    const { names, browserLike, failures } = await imports([
      // Style sheets are for bundlers.
      ...new Set([...told.filter((path) => !path.endsWith('.css')), ...wanted.map(([path]) => path)]),
    ]);
    assert.deepEqual(failures, []);
    // What frameworks take for a browser.
    assert.deepEqual(browserLike, []);
    for (const [path, list] of wanted)
      for (const name of list.split(', ')) assert.ok(names[path]?.includes(name), `${path} exports ${name}`);
  });

  it('has the command', async () => {
    const { stdout, code } = await installed.node('node_modules/.bin/ozeki-webphone', '--help');
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: ozeki-webphone/);
  });
});

describe('the types of the installed package', () => {
  /** What a page's script says of each tag: its class by every way, and its events. */
  function usage(): string {
    const lines = ["import * as kit from 'ozeki-webphone';"];
    for (const { tagName, name, events = [] } of DECLARED) {
      lines.push(
        `import { ${name} } from 'ozeki-webphone/${tagName}.js';`,
        `import { ${name} as Pure${name} } from 'ozeki-webphone/elements/${tagName}.js';`,
        `{ const made: ${name} = document.createElement('${tagName}');`,
        `  const same: kit.${name} = made; const pure: typeof Pure${name} = kit.${name}; void [same, pure];`,
        `  // @ts-expect-error A tag is not just anything.`,
        `  const wrong: HTMLInputElement = document.createElement('${tagName}'); void wrong;`,
      );
      for (const event of events) {
        const type = event.type.text === 'Event' ? 'Event' : `kit.${event.type.text}`;
        lines.push(
          `  made.addEventListener('${event.name}', (event) => { const it: ${type} = event; void it; });`,
        );
      }
      lines.push('}');
    }
    return lines.join('\n');
  }

  const PHONES = `
    import { createPhone, type PhoneState } from 'ozeki-webphone/phone';
    import { OzWebClient, type Call as ApiCall } from 'ozeki-webphone/api';
    import { linkTelephone } from 'ozeki-webphone/link-telephone.js';
    const phone = createPhone();
    const state: PhoneState = phone.getState();
    const undo: Promise<() => void> = linkTelephone(document);
    const call: ApiCall = new OzWebClient().createCall('1002');
    void [state.calls, undo, call];`;
  const SERVER = `
    import { ConfigurationError, startPhoneSystem } from 'ozeki-webphone/phone-system';
    const system = await startPhoneSystem({ port: 0, extensions: [{ id: '1001', name: 'Front desk', passwordHash: 'scrypt$' }] });
    const url: string = system.url;
    // @ts-expect-error A port is a number.
    void startPhoneSystem({ port: 'any' });
    void [url, ConfigurationError];`;

  async function compile(name: string, text: string, options: object): Promise<string> {
    await installed.write(`${name}.ts`, text);
    const compilerOptions = { noEmit: true, strict: true, skipLibCheck: false, target: 'ES2022', ...options };
    await installed.write(`${name}.json`, JSON.stringify({ compilerOptions, files: [`${name}.ts`] }));
    const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc');
    return (await installed.node(tsc, '-p', `${name}.json`)).stdout;
  }

  it('know every tag, its events, the phone and the phone system, in strict projects that check everything', async () => {
    assert.deepEqual(DECLARED.map(({ tagName }) => tagName).sort(), TAGS, 'the manifest has every tag');
    const printed = await Promise.all([
      compile('page', usage() + PHONES, {
        module: 'ESNext',
        moduleResolution: 'Bundler',
        lib: ['ES2022', 'DOM', 'DOM.Iterable'],
        types: [],
      }),
      compile('server', SERVER, {
        module: 'NodeNext',
        moduleResolution: 'NodeNext',
        lib: ['ES2023'],
        types: ['node'],
        // A project for Node has these; the package does not bring them.
        typeRoots: [join(process.cwd(), 'node_modules/@types')],
      }),
    ]);
    assert.deepEqual(printed, ['', '']);
  });
});

describe('the installed package, bundled for a page with a strict policy', () => {
  it('registers and renders every tag, with the phone system of the same package', async () => {
    const system = spawn(
      process.execPath,
      ['node_modules/.bin/ozeki-webphone', '--demo', '--port', '0', '--gateway-port', '0', '--api-port', '0'],
      { cwd: installed.folder, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const site = await WebSite.start();
    const browser = await startBrowser();
    try {
      let printed = '';
      system.stdout.on('data', (chunk: Buffer) => (printed += String(chunk)));
      while (!/demo-1004/.test(printed)) await once(system.stdout, 'data');
      const gateway = `${/https?:\/\/[\w.]+:\d+/.exec(printed)![0].replace('http', 'ws')}/gateway`;
      await serveBundle(site, gateway);

      const page = await browser.newPage();
      const troubles = await listenForTrouble(page);
      await page.goto(site.url);
      await page.waitForFunction(
        () => document.querySelector('ozeki-client')?.matches(':state(connected)') ?? false,
      );
      const rendered = await page.evaluate(
        (tags) =>
          tags.filter((tag) => {
            const element = document.querySelector<HTMLElement & { hasUpdated?: boolean }>(tag)!;
            // A window of ringing calls has nothing in it while none rings.
            return tag === 'ozeki-incoming-call'
              ? element.hasUpdated
              : element.shadowRoot?.querySelector('[part], slot');
          }),
        TAGS,
      );
      assert.deepEqual(rendered, TAGS);
      // A style sheet of the bundle.
      const accent = () =>
        page.evaluate(() => getComputedStyle(document.body).getPropertyValue('--ozeki-color-accent'));
      assert.match(await accent(), /#0f6b6b/);
      // A chunk of the bundle.
      await page.evaluate(() => (document.documentElement.lang = 'hu'));
      await page.waitForSelector('::-p-aria([name="Hívás"][role="button"])');
      assert.deepEqual([...troubles, ...(await page.evaluate(() => window.violations))], []);
    } finally {
      await browser.close();
      await site.close();
      if (system.kill('SIGTERM')) await once(system, 'exit');
    }
  });

  /** Bundles a page with every tag in a client, and serves it under as strict a policy as there is. */
  async function serveBundle(site: WebSite, gateway: string): Promise<void> {
    const tags = TAGS.filter((tag) => tag !== 'ozeki-client').map((tag) => `<${tag}></${tag}>`);
    await installed.write(
      'index.html',
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
       <script type="module" src="/page.js"></script>
       <ozeki-client server="${gateway}" extension="1001">${tags.join('\n')}</ozeki-client>`,
    );
    await installed.write(
      'page.js',
      `import 'ozeki-webphone';
       import 'ozeki-webphone/themes/calm.css';
       import 'ozeki-webphone/reserve.css';
       document.querySelector('ozeki-client').password = 'demo-1001';`,
    );
    await build({
      root: installed.folder,
      configFile: false,
      logLevel: 'error',
      build: { outDir: 'site', target: 'es2022' },
    });
    const folder = join(installed.folder, 'site');
    site.answer = ({ path }, response) => {
      const file = join(folder, path === '/' ? 'index.html' : path);
      if (relative(folder, file).startsWith('..') || !existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      const type = { '.js': 'text/javascript', '.css': 'text/css' }[extname(file)];
      response.setHeader('content-type', type ?? 'text/html');
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; script-src 'self'; style-src 'self'; connect-src ${gateway}; require-trusted-types-for 'script'; trusted-types lit-html`,
      );
      response.end(readFileSync(file));
    };
  }
});

/** What a page's scripts throw or warn of from now on; what its policy forbids gathers in `violations`. */
async function listenForTrouble(page: Page): Promise<string[]> {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) troubles.push(message.text());
  });
  await page.evaluateOnNewDocument(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      window.violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  return troubles;
}

/** What the star in a path of the package stands for, in each of the files it leads to. */
function matching(path: string): string[] {
  const name = path.replace('./', '');
  if (!name.includes('*')) return installed.files.includes(name) ? [''] : [];
  const [first, ...more] = name.split('*').map((part) => part.replace(/[.+?^$()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${first}(.+)${more.join('\\1')}$`);
  return installed.files.flatMap((file) => pattern.exec(file)?.[1] ?? []);
}

function defaultOf(name: string): string {
  const entry = exports[name]!;
  return typeof entry === 'string' ? entry : entry.default;
}

/** What a built module imports, at once or later, and what it starts as threads. */
function importsOf(text: string): string[] {
  const patterns = [
    /(?:^|[;}\s])(?:import|export)\b[^'"`;()]*?\bfrom\s*["']([^"']+)["']/g,
    /(?:^|[;}\s])import\s*["']([^"']+)["']/g,
    /\bimport\(\s*(?:\/\*.*?\*\/\s*)?["'`]([^"'`]+)["'`]/g,
  ];
  const threads = [...text.matchAll(/\bbesides\('(.+?)', import\.meta\.url\)/g)].map(
    ([, name]) => `${name}.js`,
  );
  return [
    ...patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, specifier]) => specifier!)),
    ...threads,
  ];
}

declare global {
  interface Window {
    violations: string[];
  }
}
