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
          for (const declaration of module.declarations ?? []) checkEvents(declaration);
      },
    },
  ],
};

/** The events every form control has. */
const OF_FORMS = ['input', 'change'];

/** Keeps the documented events, and refuses names that are not ours. */
function checkEvents(declaration) {
  if (!declaration.customElement || !declaration.events) return;
  // The analyzer makes up an event for `dispatchEvent(new XEvent(argument))`, named after the argument.
  declaration.events = declaration.events.filter(
    ({ description, type }) => description || !/^Ozeki\w+Event$/.test(type?.text ?? ''),
  );
  for (const { name } of declaration.events)
    if (!name?.startsWith('ozeki-') && !OF_FORMS.includes(name))
      throw new Error(`<${declaration.tagName}>: the event "${name}" does not start with "ozeki-".`);
}
