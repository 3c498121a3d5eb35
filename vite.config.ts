import { readdirSync } from 'node:fs';
import minifyTemplates from 'rollup-plugin-minify-template-literals';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const tags = readdirSync('src/elements').filter((name) => name.startsWith('ozeki-'));

/** One module per entry point of the package; what they share lies in chunks, dependencies stay imports. */
const packageEntries = Object.fromEntries([
  ['define/all', 'src/define/all.ts'],
  ['phone/index', 'src/phone/index.ts'],
  ['api/index', 'src/api/index.ts'],
  ...tags.flatMap((tag) => [
    [`define/${tag}`, `src/define/${tag}.ts`],
    [`elements/${tag}/${tag}`, `src/elements/${tag}/${tag}.ts`],
  ]),
]) as Record<string, string>;

/**
 * `vite build`: the package's modules in `dist/`. `vite build --mode cdn`: `dist/cdn/ozeki-webphone.js`, one module
 * that defines all tags, for a single script tag; what is used rarely lies in `dist/cdn/chunks/`.
 * `vite build --mode classic`, after it: `dist/cdn/WebphoneAPI.js`, the JavaScript API as one classic script.
 */
export default defineConfig(({ mode }): UserConfig => {
  const plugins = [minifyTemplates({ exclude: ['**/node_modules/**'] }) as unknown as Plugin];
  if (mode === 'cdn') {
    return {
      plugins,
      build: {
        target: 'es2022',
        outDir: 'dist/cdn',
        emptyOutDir: true,
        minify: true,
        sourcemap: true,
        modulePreload: false,
        // A library to vite, since it adds code for preloading style sheets to the dynamic imports of an application.
        lib: { entry: { 'ozeki-webphone': 'src/define/all.ts' }, formats: ['es'] },
        rolldownOptions: {
          preserveEntrySignatures: 'allow-extension',
          output: {
            minify: true,
            comments: false,
            // All that a page needs at once is one file whose name changes with its content; the entry only names it.
            codeSplitting: { groups: [{ name: 'kit', test: /\/src\/define\/ozeki-/ }] },
            entryFileNames: '[name].js',
            chunkFileNames: 'chunks/[name]-[hash].js',
          },
        },
      },
    };
  }
  if (mode === 'classic') {
    return {
      plugins,
      build: {
        // Pages with this script were written for older browsers; what they run in today is not that old.
        target: 'es2020',
        outDir: 'dist/cdn',
        emptyOutDir: false,
        minify: true,
        // The phone system puts a line before the script, so a source map would be off by that line.
        sourcemap: false,
        lib: {
          entry: 'src/api/webphone-api.ts',
          formats: ['iife'],
          // Needed by the format, and not defined: the entry exports nothing.
          name: 'OzekiWebphone',
          fileName: () => 'WebphoneAPI.js',
        },
        rolldownOptions: { output: { codeSplitting: false } },
      },
    };
  }
  return {
    plugins,
    build: {
      target: 'es2022',
      outDir: 'dist',
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      lib: { entry: packageEntries, formats: ['es'] },
      rolldownOptions: {
        external: [/^lit($|\/)/, /^@lit\//, /^@shoelace-style\//, /^valibot/],
        output: { chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  };
});
