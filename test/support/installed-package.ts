/** The package as its users have it: packed, and installed into an empty project beside this one. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

interface LockEntry {
  readonly dev?: boolean;
  readonly [key: string]: unknown;
}

/** What a program printed, and how it ended. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export interface InstalledPackage {
  /** The folder of the project. */
  readonly folder: string;
  /** The files of the package, as they came out of the tarball. */
  readonly files: readonly string[];
  /** Writes a file of the project. */
  write(name: string, text: string): Promise<void>;
  /** Runs Node in the project; a failure is told by `code`. */
  node(...args: string[]): Promise<Output>;
  remove(): Promise<void>;
}

/**
 * Packs the built package and installs it, with the versions of this project's lock file but without what only its
 * development needs. After `npm ci` here everything is in npm's cache, so that nothing is downloaded.
 */
export async function installPackage(): Promise<InstalledPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'ozeki-installed-'));
  const packing = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
    maxBuffer: 16 * 1024 * 1024,
  });
  const [packed] = JSON.parse(packing.stdout) as { filename: string; files: { path: string }[] }[];
  const tarball = `file:${packed!.filename}`;

  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const { '': own, ...others } = lock.packages;
  const { version, dependencies, optionalDependencies, bin } = own!;
  const project = { private: true, type: 'module', dependencies: { 'ozeki-webphone': tarball } };
  const packages = {
    '': project,
    'node_modules/ozeki-webphone': { version, resolved: tarball, dependencies, optionalDependencies, bin },
    ...Object.fromEntries(Object.entries(others).filter(([, { dev }]) => !dev)),
  };
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('package.json', JSON.stringify(project));
  await write('package-lock.json', JSON.stringify({ lockfileVersion: 3, requires: true, packages }));
  await run('npm', ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
  });

  return {
    folder,
    files: packed!.files.map(({ path }) => path),
    write,
    node: (...args) =>
      run(process.execPath, args, { cwd: folder, maxBuffer: 16 * 1024 * 1024 }).then(
        ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
        ({ stdout, stderr, code }: Output) => ({ stdout, stderr, code }),
      ),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
