import { readdirSync, readFileSync } from 'node:fs';
import minifyTemplates from 'rollup-plugin-minify-template-literals';
import { basename } from 'node:path';
import { minify } from 'terser';
import { build, defineConfig, type BuildOptions, type Plugin, type Rolldown, type UserConfig } from 'vite';

const tags = readdirSync('src/elements').filter((name) => name.startsWith('ozeki-'));

/** A worker, whose address is made at run time: it needs a name that stays (src/page/background/worker-clock.ts). */
const TICKER = 'ozeki-webphone.ticker';

/** The entry points of the package. */
const packageEntries = [
  ...['define/all', 'phone/index', 'api/index', 'define/link-telephone', 'page/background/ticker'],
  ...tags.flatMap((tag) => [`define/${tag}`, `elements/${tag}/${tag}`]),
].map((name) => `src/${name}.ts`);

/** The tags of a telephone: what a page with the one script tag has at once. */
const TELEPHONE = /\/src\/define\/ozeki-(client|dialpad|call|session-list|extension-status)\.ts$/;

/**
 * What Lit has that nothing in the kit uses, and what is left of it. The build fails when one of these is not there to be
 * left out (another release of Lit), and when the kit uses a directive that was not thought of here.
 */
const UNUSED: readonly (readonly [RegExp, string])[] = [
  // For browsers without constructable style sheets, which need a polyfill: the kit's elements have custom states, and
  // every browser with those has such style sheets, too.
  [/\w+\.ShadowRoot&&.*?"replace"in CSSStyleSheet\.prototype/, 'true'],
  [/\w+\.\w+(Polyfill|Hydrate)Support\b/g, 'undefined'],
  // The option `useDefault`.
  [/useDefault:!1,/, ''],
  [
    /\|\|\w\.useDefault&&\w\.reflect&&\w===this\._\$Ej\?\.get\(\w\)&&!this\.hasAttribute\(\w\._\$Eu\(\w,\w\)\)/,
    '',
  ],
  [/\?\?this\._\$Ej\?\.get\(\w\)\?\?\w\b/, ''],
  [
    /\{useDefault:i,reflect:e,wrapped:h\},r\)\{i&&.*?void 0!==r\)\|\|\((.*?)this\.hasUpdated\|\|i\|\|(.*?)\)\}/,
    '{reflect:e}){$1this.hasUpdated||$2}',
  ],
  // The decorators to come, and initializers, which only those add.
  [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ''],
  [/const t=this\[Symbol\.metadata\];if\(null!==t\)\{.*?elementProperties\.set\(t,i\)\}/, ''],
  [/static addInitializer\(\w\)\{[^}]*\}/, ''],
  [/,?void 0!==\w\.l&&\(this\.l=\[\.\.\.\w\.l\]\)/, ''],
  [/,this\.constructor\.l\?\.forEach\(\w=>\w\(this\)\)/, ''],
  // The version, for tools that look for it.
  [/\((\w+)\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/, '0'],
  // Attributes that are objects or arrays in JSON: those of the kit are texts, flags and numbers.
  [/case Object:case Array:\w=null==\w\?\w:JSON\.stringify\(\w\)/, ''],
  [/case Object:case Array:try\{\w=JSON\.parse\(\w\)\}catch\(\w\)\{\w=null\}/, ''],
  // Templates of MathML.
  [/:3===\w\?"<math>":""/, ':""'],
  [/:3===\w\?"<\/math>":""/, ':""'],
  [/(2===\w)\|\|3===\w/, '$1'],
  // Directives in the place of an attribute (`ref`).
  [/:6===\w\.type&&\(\w=new \w\(\w,this,\w\)\)/, ':0'],
  [/else \w\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:\w\}\),\w\.removeAttribute\(\w\)\)/, ''],
  // Asynchronous directives, which are told when their place leaves the page and comes back (`until`, `cache`).
  [/connectedCallback\(\)\{super[^}]*\}disconnectedCallback\(\)\{super[^}]*\}/, ''],
  [/setConnected\(\w\)\{[^}]*\}/, ''],
  [/this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/, ''],
  [/,this\._\$Cv=\w\?\.isConnected\?\?!0/, ''],
  [/this\._\$AN=void 0,/g, ''],
  [/\w\?\._\$AO\?\.\(!1\),/, ''],
  [/this\._\$AP\?\.\(!1,!0,\w\)/, ''],
  [/get (_\$AU|parentNode|startNode|endNode|tagName)\(\)\{[^}]*\}/g, ''],
  [/\(\w\?\.creationScope\?\?(\w)\)/, '$1'],
  // What directives can have of the insides: those of the kit (see DIRECTIVES) ask for the class of parts alone.
  [/\{M:\w,P:\w,.*?(I:\w),.*?\}/, '{$1}'],
];

const LIT = /\/(@lit\/reactive-element|lit-html|lit-element)\/([\w-]+)\.js$/;
/** The directives whose needs {@link UNUSED} leaves. */
const DIRECTIVES = /\/lit-html\/directives\/(?!(live|repeat)\.js$)/;

const withoutUnused = (): Plugin => {
  const found = new Set<RegExp>();
  let lit = false;
  return {
    name: 'without-unused',
    transform(code, id) {
      if (DIRECTIVES.test(id)) this.error(`Find out what ${id} needs of Lit, which UNUSED leaves out.`);
      if (!LIT.test(id)) return null;
      lit = true;
      const without = (text: string, [what, left]: (typeof UNUSED)[number]) => {
        const less = text.replace(what, left);
        if (less !== text) found.add(what);
        return less;
      };
      return { code: UNUSED.reduce(without, code), map: null };
    },
    buildEnd(error) {
      const missing = UNUSED.filter(([what]) => !found.has(what));
      if (lit && !error && missing.length)
        this.error(`Not in this release of Lit: ${missing.map(String).join(', ')}`);
    },
  };
};

/** The properties by which style sheets of the kit share sizes and colours, from the most used to the least. */
const TOKENS = mostUsedFirst(
  readdirSync('src/elements', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => readFileSync(`src/elements/${name}`, 'utf8').match(/--_[a-z-]+/g) ?? []),
);

function mostUsedFirst(uses: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const use of uses) counts.set(use, (counts.get(use) ?? 0) + 1);
  return [...counts.keys()].sort((one, other) => counts.get(other)! - counts.get(one)!);
}

/** Short names for what no page sees: public ones begin with `--ozeki-`. */
const shortTokens: Plugin = {
  name: 'short-tokens',
  transform(code, id) {
    if (!id.includes('/src/elements/')) return null;
    const short = (token: string) => `--_${TOKENS.indexOf(token).toString(36)}`;
    return { code: code.replace(/--_[a-z-]+/g, short), map: null };
  },
};

/** Where `@property` and `@state` are, and the table of properties they are made into. */
const PROPERTIES = new URL('src/elements/common/property.ts', import.meta.url).pathname;

/** The line ends of a text. */
const lines = (text: string) => text.replace(/[^\n]/g, '');

/** Decorated properties, one call of a helper each when they are compiled, as one table for each element. */
const propertyTables: Plugin = {
  name: 'property-tables',
  transform(code, id) {
    if (!id.includes('/src/elements/') || !code.includes('_decorate([')) return null;
    const tables = new Map<string, string[]>();
    const decorated =
      /^_decorate\(\[(property|state)\(([^]*?)\)\], (\w+)\.prototype, "(\w+)", (?:void 0|null)\);\n/gm;
    const rest = code.replace(
      decorated,
      (call, how: string, options: string, element: string, name: string) => {
        const entry = `${name}: ${how === 'state' ? '{ state: true }' : options || 'undefined'}`;
        tables.set(element, [...(tables.get(element) ?? []), entry]);
        return lines(call);
      },
    );
    const undecorated = rest.replace(/^import _decorate from .*\n/m, lines);
    if (undecorated.includes('_decorate')) throw new Error(`${id} has a decorator no table is made of.`);
    const calls = [...tables].map(
      ([element, entries]) => `properties(${element}, { ${entries.join(', ')} });`,
    );
    // At the end, and lines kept, so that source maps stay right without one of this.
    const helper = `import { properties } from ${JSON.stringify(PROPERTIES)};`;
    return { code: `${undecorated}\n${helper}\n${calls.join('\n')}\n`, map: null };
  },
};

/** What another chunk imports of one, by the name it has there: `export{ye}` is shorter than `export{ye as $}`. */
const NAMES_OF_CHUNKS = /^(kit|five-tags|whole-kit)$/;

/** Has the chunks that are big for what others import of them export it by the names it has inside. */
const shortExports: Plugin = {
  name: 'short-exports',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((chunk) => chunk.type === 'chunk');
    for (const chunk of chunks.filter(({ name }) => NAMES_OF_CHUNKS.test(name))) {
      /** The names inside, by those outside. Names a page may import are long, and stay. */
      const inside = new Map<string, string>();
      chunk.code = chunk.code.replace(/export\{([^}]*)\}/, (_all, list: string) => {
        const names = list.split(',').map((entry) => {
          const [local, outer] = entry.split(' as ') as [string, string?];
          if (!outer || outer.length > 2) return entry;
          inside.set(outer, local);
          return local;
        });
        return `export{${names.sort().join(',')}}`;
      });
      for (const other of chunks) {
        if (other === chunk) continue;
        const from = new RegExp(
          `(?:import|export)\\{([^}]*)\\}from"[^"]*${basename(chunk.fileName).replace(/\W/g, '\\$&')}"`,
        );
        other.code = other.code.replace(from, (all, list: string) => {
          const names = list.split(',').map((entry) => {
            const [outer, local = outer] = entry.split(' as ') as [string, string?];
            const name = inside.get(outer) ?? outer;
            return name === local ? name : `${name} as ${local}`;
          });
          return all.replace(list, names.join(','));
        });
      }
    }
  },
};

/** The style sheets for pages, beside what script tags name. */
const styleSheets: Plugin = {
  name: 'style-sheets',
  generateBundle() {
    const folder = 'src/style-sheets';
    for (const name of readdirSync(folder, { encoding: 'utf8', recursive: true }))
      if (name.endsWith('.css'))
        this.emitFile({ type: 'asset', fileName: name, source: readFileSync(`${folder}/${name}`, 'utf8') });
  },
};

/** Makes what the bundler minified a hundredth smaller still. */
export const terser: Plugin = {
  name: 'terser',
  async generateBundle({ format, sourcemap }, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const mapName = `${chunk.fileName}.map`;
      const source = bundle[mapName]?.type === 'asset' ? bundle[mapName] : undefined;
      const { code, map } = await minify(chunk.code, {
        module: format === 'es',
        ecma: 2020,
        compress: { passes: 2, unsafe_arrows: true, keep_fargs: false },
        format: { comments: false },
        sourceMap: !!source && {
          content: String(source.source),
          ...(sourcemap !== 'hidden' && { url: basename(mapName) }),
        },
      });
      chunk.code = `${code}\n`;
      if (source) source.source = map as string;
    }
  },
};

/**
 * JsSIP comes as CommonJS. Bundled by itself first, what such modules need at run time stays in its chunk and out of
 * what every page loads.
 */
const jssipByItself: Plugin = {
  name: 'jssip-by-itself',
  async load(id) {
    if (!/\/signaling\/sip\/jssip\.[jt]s$/.test(id)) return null;
    const lib = { entry: id, formats: ['es' as const], fileName: 'jssip' };
    const built = await build({ configFile: false, logLevel: 'warn', build: { write: false, lib } });
    const [{ output }] = built as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput];
    return { code: output[0].code, map: null };
  },
};

/** The JavaScript API is one file, and served by the phone system it talks to: SIP would more than double it. */
const withoutSip: Plugin = {
  name: 'without-sip',
  load(id) {
    if (!id.endsWith('/src/signaling/sip/sip-signaling.ts')) return null;
    return `import { SignalingError } from '../port.js';
export class SipSignaling {
  constructor() {
    throw new SignalingError('invalid-address', 'WebphoneAPI.js reaches no SIP server: use ozeki-webphone.js or the package.');
  }
}`;
  },
};

/** A module for a script tag, which keeps its name, and chunks beside it whose names change with their content. */
function forScriptTags(
  entry: Record<string, string>,
  groups: { name: string; test: RegExp }[] = [],
): BuildOptions {
  return {
    target: 'es2022',
    outDir: 'dist/cdn',
    minify: true,
    sourcemap: true,
    modulePreload: false,
    // A library to vite, since it adds code for preloading style sheets to the dynamic imports of an application.
    lib: { entry, formats: ['es'] },
    rolldownOptions: {
      checks: { pluginTimings: false },
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: true,
        comments: false,
        codeSplitting: { groups },
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  };
}

/**
 * What the built package exports, as a page has it until a call is up: bundled into one file that nobody loads, with the
 * settings of the one-file kit.
 */
function oneFile(name: string, loadedBeforeACall = /^$/): BuildOptions {
  const entry = `bench/bundles/${name}.js`;
  const test = new RegExp(`/${entry}$|/dist/define/ozeki-[\\w-]+\\.js$|${loadedBeforeACall.source}`);
  return {
    ...forScriptTags({ [name]: entry }, [{ name, test }]),
    // For the test that reads it: what is bundled for a page says nothing of its map.
    sourcemap: 'hidden',
    outDir: `node_modules/.cache/ozeki-webphone/${name}`,
  };
}

/** One classic script in one file. */
function classicScript(entry: string, fileName: string): BuildOptions {
  return {
    // Pages with such scripts were written for older browsers; what they run in today is not that old.
    target: 'es2020',
    outDir: 'dist/cdn',
    emptyOutDir: false,
    minify: true,
    // The phone system puts a line before the JavaScript API, so a source map would be off by that line.
    sourcemap: false,
    // The name is needed by the format, and not defined: the entries export nothing.
    lib: { entry, formats: ['iife'], name: 'OzekiWebphone', fileName: () => fileName },
    // There are no modules beside it, so what looks for them finds no address.
    rolldownOptions: {
      output: { codeSplitting: false },
      transform: { define: { 'import.meta.url': 'undefined' } },
    },
  };
}

/**
 * The package's modules in `dist/`, for bundlers and for servers that render pages: one for each source, so that an
 * application has none that it does not need. Dependencies stay imports.
 */
const packageModules: BuildOptions = {
  target: 'es2022',
  outDir: 'dist',
  emptyOutDir: true,
  minify: false,
  sourcemap: true,
  lib: { entry: packageEntries, formats: ['es'] },
  rolldownOptions: {
    external: [/^lit($|\/)/, /^@lit\//, /^@shoelace-style\//, /^valibot/, /^libphonenumber-js/, /^jssip/],
    output: {
      preserveModules: true,
      preserveModulesRoot: 'src',
      // Where the module that starts it looks for it, which is a chunk where the kit is bundled.
      entryFileNames: ({ name }) => (name === 'page/background/ticker' ? `page/${TICKER}.js` : '[name].js'),
    },
  },
};

/**
 * What a page with every tag has loaded before a call is up, beside its tags: history, contacts and devices ask for it.
 * A test holds this list to be true (test/e2e/sizes.test.ts).
 */
const BEFORE_A_CALL =
  /\/dist\/(phone\/(later\/later|control\/phone-control|device-check\/device-checker)|signaling\/gateway\/gateway-control|media\/(in-call|device-checks)|elements\/(ozeki-operator-panel\/board\/board|ozeki-chat\/list\/list))\.js$/;

/** What `vite build --mode …` makes; `npm run build` makes all of it, in this order. */
const BUILDS: Record<string, BuildOptions> = {
  production: packageModules,
  // All that a page with a telephone needs at once is one chunk; the entry only names it.
  cdn: forScriptTags({ 'ozeki-webphone': 'src/define/cdn.ts', [TICKER]: 'src/page/background/ticker.ts' }, [
    { name: 'kit', test: TELEPHONE },
  ]),
  // A web site with a call button needs nothing else before somebody clicks.
  'cdn-call-button': {
    ...forScriptTags(
      {
        'ozeki-call-button': 'src/define/cdn-call-button.ts',
        'link-telephone': 'src/define/cdn-link-telephone.ts',
      },
      [
        { name: 'call-button', test: /\/src\/define\/ozeki-call-button\.ts$/ },
        { name: 'loaded-from', test: /\/kit-address\.ts$/ },
      ],
    ),
    emptyOutDir: false,
  },
  // For the size budget alone.
  'five-tags': oneFile('five-tags'),
  'whole-kit': oneFile('whole-kit', BEFORE_A_CALL),
  'cdn-classic': classicScript('src/define/classic.ts', 'ozeki-webphone.classic.js'),
  'cdn-api': classicScript('src/api/webphone-api.ts', 'WebphoneAPI.js'),
};

export default defineConfig(({ mode }): UserConfig => {
  const build = BUILDS[mode];
  if (!build) throw new Error(`No build "${mode}". There are: ${Object.keys(BUILDS).join(', ')}.`);
  return {
    plugins: [
      minifyTemplates({ exclude: ['**/node_modules/**'] }),
      propertyTables,
      shortTokens,
      ...(mode === 'production' ? [] : [withoutUnused(), jssipByItself]),
      ...(mode === 'cdn-api' ? [withoutSip] : []),
      ...(mode === 'cdn' ? [styleSheets] : []),
      // Where every byte counts; it takes its time.
      ...(['cdn', 'five-tags', 'whole-kit'].includes(mode) ? [terser, shortExports] : []),
    ],
    build,
  };
});
