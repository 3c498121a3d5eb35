/** What is wrong with a script, by the codes and messages of "Status codes" of the HTTP API. */

export type OzmlErrorCode = 300 | 301 | 302 | 303;

/** A script, or a command of it, that is not carried out. Nothing further of that script runs. */
export class OzmlError extends Error {
  override readonly name = 'OzmlError';

  private constructor(
    /** 300 cannot be read, 301 no such command, 302 missing or invalid parameter, 303 not here. */
    readonly code: OzmlErrorCode,
    message: string,
    /** The command's name as the script has it; empty for 300. */
    readonly command: string,
    /** The parameter's name; empty unless the code is 302. */
    readonly parameter: string,
  ) {
    super(message);
  }

  static parse(what: string): OzmlError {
    // "Occured" is how the documents have it, and programs compare.
    return new OzmlError(300, `Error occured during parsing message: '${what}'`, '', '');
  }

  static notImplemented(command: string): OzmlError {
    const name = shortened(command);
    return new OzmlError(301, `Not implemented command: '${name}'`, name, '');
  }

  static parameter(parameter: string, command: string): OzmlError {
    const name = shortened(command);
    const what = shortened(parameter);
    return new OzmlError(302, `Missing or invalid parameter '${what}' for command '${name}'`, name, what);
  }

  static inappropriate(command: string): OzmlError {
    const name = shortened(command);
    return new OzmlError(303, `Command '${name}' cannot be used here`, name, '');
  }
}

/** What is repeated of a script is short. */
function shortened(text: string): string {
  return text.length > 64 ? `${text.slice(0, 63)}…` : text;
}
