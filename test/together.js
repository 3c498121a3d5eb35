/**
 * One process for the test files of a folder, in place of one for each: what they share is loaded once. A file remains
 * a suite of its own with its own hooks, and one that cannot be loaded is a suite that fails.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Writes into `to` what runs the files of each folder below `root`; gives the names of what it wrote. */
export function together(root, files, to) {
  const folders = new Map();
  for (const file of files) {
    const folder = relative(root, file).split('/')[0];
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  mkdirSync(to, { recursive: true });
  return [...folders].map(([folder, those]) => {
    const name = join(to, `${folder.replace('.test.js', '')}.test.js`);
    const suites = those.map((file) => {
      const address = JSON.stringify(relative(dirname(name), file));
      return `describe(${JSON.stringify(relative(root, file))}, () => import(${address}));\n`;
    });
    writeFileSync(name, `import { describe } from 'node:test';\n${suites.join('')}`);
    return name;
  });
}
