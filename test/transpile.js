/**
 * JavaScript of the tests that run in Node and of all they import, file by file. A loader that does this at each import
 * takes 3 s of CPU in every test file that starts a phone system, which is most of what such a file takes.
 */
import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { atTheSource } from './at-the-source.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const BUILT = 'test/.built';

/** What the phone system's own files look for beside `src`. */
const BESIDE = ['dist', 'demo', 'package.json', 'custom-elements.json'];

/** Tests look for files where they themselves lie. */
const ofTests = (path) =>
  path.startsWith(join(ROOT, 'test/'))
    ? {
        'import.meta.url': JSON.stringify(pathToFileURL(path).href),
        'import.meta.dirname': JSON.stringify(dirname(path)),
      }
    : null;

/** The TypeScript below a folder. */
function sources(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.startsWith('.built'))
    .map((name) => join(folder, name));
}

/** Transpiles what the tests in Node need, and gives the way from a test's name to what is run. */
export async function transpileTests() {
  const built = join(ROOT, BUILT);
  rmSync(built, { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: [...sources('src'), ...sources('test')],
    outbase: '.',
    outdir: BUILT,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    plugins: [atTheSource(ofTests)],
  });
  for (const name of BESIDE) symlinkSync(relative(built, join(ROOT, name)), join(built, name));
  return (name) => join(BUILT, name.replace(/\.ts$/, '.js'));
}
