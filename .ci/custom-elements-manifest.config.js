import { getTsProgram, typeParserPlugin } from '@wc-toolkit/type-parser';

/**
 * `custom-elements.json` from the class comments of the tags: what pages and editors may use of them, by the files of
 * the built package. An event without our prefix stops the build.
 */
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
    {
      name: 'contract-only',
      packageLinkPhase({ customElementsManifest: manifest }) {
        const classes = manifest.modules.filter(({ declarations = [] }) =>
          declarations.some(({ customElement, tagName }) => customElement && tagName),
        );
        manifest.modules = classes.flatMap(publicModules);
      },
    },
  ],
};

/** The module with a tag's class, without what is nobody else's business, and the one that defines the tag. */
function publicModules({ path, declarations }) {
  const declaration = declarations.find(({ tagName }) => tagName);
  const { tagName: tag, name } = declaration;
  declaration.members = declaration.members?.filter(
    (one) => (one.privacy ?? 'public') === 'public' && (one.description || !one.static),
  );
  // Where a member is inherited from lies in no file of the package.
  for (const { inheritedFrom } of [...(declaration.members ?? []), ...(declaration.attributes ?? [])])
    delete inheritedFrom?.module;
  delete declaration.superclass?.module;
  const file = path.replace(/^src\/(.*)\.ts$/, 'dist/$1.js');
  const from = { name, module: file };
  const js = { kind: 'js', name, declaration: from };
  const definition = { kind: 'custom-element-definition', name: tag, declaration: from };
  return [
    { kind: 'javascript-module', path: file, declarations: [declaration], exports: [js] },
    { kind: 'javascript-module', path: `dist/define/${tag}.js`, declarations: [], exports: [definition, js] },
  ];
}

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
