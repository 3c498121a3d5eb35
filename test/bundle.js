/**
 * The tests for browsers in few files: what several of them use is a chunk that they share. Each test file is a page of
 * its own, and one that loads the kit module by module asks for some 300, which takes longer than most of its tests.
 */
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { atTheSource } from './at-the-source.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A page finds what lies beside a source at the address the source has. */
const onPages = (path) => ({
  'import.meta.url': `new URL(${JSON.stringify(`/${relative(ROOT, path)}`)}, location.href).href`,
});

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
    plugins: [atTheSource(onPages)],
  });
  return Object.keys(metafile.outputs).filter((name) =>
    metafile.outputs[name].entryPoint?.endsWith('.test.ts'),
  );
}
