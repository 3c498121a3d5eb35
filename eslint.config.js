import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/**
 * The layers of src/, top first, and inside src/pbx/. A folder may import from those below it; `beside` are
 * folders on the same storey that do not know each other.
 */
const LAYERS = [['define'], ['elements'], ['api'], ['phone'], ['signaling', 'media', 'page'], ['protocol']];
const PBX_LAYERS = [
  ['cli'],
  ['http', 'http-api'],
  ['phone-system'],
  ['gateway', 'scripts', 'trunks'],
  ['exchange', 'messages'],
  ['registrar', 'dial-plan', 'accounts'],
  ['media', 'storage', 'ozml', 'notifications'],
  ['config'],
  ['xml', 'web-client'],
  ['log', 'journal'],
];

/** Forbids every import of a folder from those on its own storey (but itself) and above. */
function layerRules(layers, base, extra = []) {
  return layers.flatMap((storey, index) =>
    storey.map((layer) => {
      const above = [
        ...layers.slice(0, index).flat(),
        ...storey.filter((other) => other !== layer),
        ...extra,
      ];
      return {
        files: [`${base}/${layer}/**`, `${base}/${layer}.ts`],
        rules: {
          'no-restricted-imports': [
            'error',
            {
              patterns: above.map((name) => ({
                regex: `^(\\./|(\\.\\./)+)${name}(/|\\.js$)`,
                message: `src layers: ${layer} may not use ${name} (see src/README.md).`,
              })),
            },
          ],
        },
      };
    }),
  );
}

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', 'data/**', 'test/.built/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.js', 'test/*.js', 'test/*.mjs', '.ci/*.mjs', 'demo/*.js', 'demo/*/*.js'],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  lit.configs['flat/recommended'],
  wc.configs['flat/recommended'],
  {
    plugins: { 'lit-a11y': litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  ...layerRules(LAYERS, 'src', ['pbx']),
  ...layerRules(PBX_LAYERS, 'src/pbx', ['define', 'elements', 'api', 'phone', 'signaling']),
  {
    files: ['src/{define,elements,api,phone,signaling,media,page,protocol}/**'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', 'global', '__dirname'],
    },
  },
  {
    files: ['src/phone/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['document', 'window', 'HTMLElement', 'Audio', 'customElements', 'process', 'Buffer'].map(
          (name) => ({
            name,
            message: 'src/phone knows no page: it belongs to src/media or src/elements.',
          }),
        ),
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        document: 'readonly',
        window: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        location: 'readonly',
        customElements: 'readonly',
        fetch: 'readonly',
        AbortController: 'readonly',
        TextDecoderStream: 'readonly',
        TextEncoder: 'readonly',
        btoa: 'readonly',
        history: 'readonly',
        navigator: 'readonly',
        getSelection: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
