/**
 * The tests for browsers in few files: what several of them use is a chunk that they share. Each test file is a page of
 * its own, and one that loads the kit module by module asks for some 300, which takes longer than most of its tests.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What is looked for beside a file is found beside its source. */
const atTheSource = {
  name: 'at-the-source',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const address = JSON.stringify(`/${relative(ROOT, path)}`);
      const source = readFileSync(path, 'utf8');
      const contents = source.replaceAll('import.meta.url', `new URL(${address}, location.href).href`);
      return { contents, loader: 'ts' };
    });
  },
};

/** Bundles the test files that patterns name into a folder, and gives their names there. */
export async function bundleTests(patterns, folder) {
  rmSync(join(ROOT, folder), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: patterns,
    outbase: '.',
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['development'],
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
    plugins: [atTheSource],
  });
  return Object.keys(metafile.outputs).filter((name) =>
    metafile.outputs[name].entryPoint?.endsWith('.test.ts'),
  );
}
