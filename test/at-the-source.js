/** For builds of tests by esbuild: what is looked for beside a file is found beside its source, not its result. */
import { readFileSync } from 'node:fs';

/** `replacements` gives, for the path of a source, what stands in it for what is written there; null leaves it as it is. */
export function atTheSource(replacements) {
  return {
    name: 'at-the-source',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const found = replacements(path);
        if (!found) return undefined;
        const contents = Object.entries(found).reduce(
          (text, [written, meant]) => text.replaceAll(written, () => meant),
          readFileSync(path, 'utf8'),
        );
        return { contents, loader: 'ts' };
      });
    },
  };
}
