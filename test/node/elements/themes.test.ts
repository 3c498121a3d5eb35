import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const FOLDER = 'src/style-sheets/themes';
const THEMES = readdirSync(FOLDER);

/** What the tags have where a page sets nothing: `var(--ozeki-name, value)` in their tokens. */
const DEFAULTS = new Map(
  [
    ...readFileSync('src/elements/common/tokens.styles.ts', 'utf8').matchAll(
      /var\((--ozeki-[\w-]+), (.+)\)/g,
    ),
  ].map(([, name, value]) => [name!, value!] as const),
);

/** The declarations of a style sheet that holds one rule for the whole page. */
function tokensOf(file: string): Map<string, string> {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const rule = /^\s*:root\s*\{([^{}]*)\}\s*$/.exec(text);
  assert.ok(rule, `${file} is one rule for :root`);
  const lines = rule[1]!.split(';').map((line) => line.trim());
  return new Map(
    lines.filter(Boolean).map((line) => {
      const [name, ...value] = line.split(':');
      return [name!.trim(), value.join(':').trim()];
    }),
  );
}

type Color = readonly [red: number, green: number, blue: number];

/** The two colours of `light-dark(#…, #…)`. */
function pairOf(value: string): readonly [light: Color, dark: Color] {
  const colors = [...value.matchAll(/#([\da-f]{6}|[\da-f]{3})\b/gi)].map(([, digits]) => {
    const long = digits!.length === 6 ? digits! : digits!.replace(/./g, '$&$&');
    return [0, 2, 4].map((at) => parseInt(long.slice(at, at + 2), 16)) as unknown as Color;
  });
  assert.match(value, /^light-dark\(/);
  assert.equal(colors.length, 2, value);
  return colors as unknown as readonly [Color, Color];
}

/** `color-mix(in srgb, color share, other)`. */
const mixed = (color: Color, share: number, other: Color) =>
  color.map((part, index) => part * share + other[index]! * (1 - share)) as unknown as Color;

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance(color: Color): number {
  const [red, green, blue] = color.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: Color, other: Color): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

describe('the themes', () => {
  it('are three, beside the default one', () => assert.equal(THEMES.length, 3));

  for (const file of THEMES)
    it(`${file} changes tokens that the tags have, and nothing else`, () => {
      for (const [name, value] of tokensOf(file)) {
        assert.ok(DEFAULTS.has(name), `${name} is a token`);
        assert.notEqual(value, '', name);
        assert.doesNotMatch(value, /url\(|!important/, name);
      }
    });

  for (const file of ['the default theme', ...THEMES])
    it(`${file} can be read, light and dark: WCAG 2.2, 1.4.3 and 1.4.11`, () => {
      const changed = THEMES.includes(file) ? tokensOf(file) : new Map<string, string>();
      for (const [at, scheme] of ['light', 'dark'].entries()) {
        const color = (name: string) => {
          const token = `--ozeki-color-${name}`;
          return pairOf(changed.get(token) ?? DEFAULTS.get(token)!)[at]!;
        };
        const reads = (what: string, text: Color, ground: Color, least = 4.5) => {
          const ratio = contrast(text, ground);
          assert.ok(ratio >= least, `${scheme}, ${what}: ${ratio.toFixed(2)} is less than ${least}`);
        };
        const surface = color('surface');
        const notice = mixed(color('warning'), 0.14, surface);
        const sent = mixed(color('accent'), 0.16, surface);
        for (const words of ['text', 'text-muted', 'accent', 'positive', 'negative', 'warning']) {
          reads(`${words} on the surface`, color(words), surface);
          reads(`${words} on what is raised`, color(words), color('surface-raised'));
        }
        for (const words of ['text', 'text-muted']) {
          reads(`${words} in a notice`, color(words), notice);
          reads(`${words} in what was sent`, color(words), sent);
        }
        for (const ground of ['accent', 'positive', 'negative', 'warning'])
          reads(`text on ${ground}`, color('on-strong'), color(ground));
        // Letters of an avatar are large.
        reads('an avatar', color('accent'), sent, 3);
      }
    });
});
