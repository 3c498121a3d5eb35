import { getTsProgram, typeParserPlugin } from '@wc-toolkit/type-parser';

/** `custom-elements.json` from the class comments of the tags. An event without our prefix stops the build. */
export default {
  globs: ['src/elements/**/*.ts', 'src/define/ozeki-*.ts'],
  outdir: '.',
  litelement: true,
  overrideModuleCreation({ ts, globs }) {
    const program = getTsProgram(ts, globs, 'tsconfig.json');
    return program
      .getSourceFiles()
      .filter((file) => /\/src\/(elements|define)\//.test(file.fileName) && !file.isDeclarationFile);
  },
  plugins: [
    typeParserPlugin(),
    {
      name: 'prefixed-events-only',
      packageLinkPhase({ customElementsManifest }) {
        for (const module of customElementsManifest.modules)
          for (const declaration of module.declarations ?? [])
            for (const event of declaration.customElement ? (declaration.events ?? []) : [])
              if (!event.name?.startsWith('ozeki-'))
                throw new Error(
                  `${declaration.tagName}: event "${event.name}" does not start with "ozeki-"; name it with an @event comment and dispatch it as a class instance held in a variable.`,
                );
      },
    },
  ],
};
