/** What is told of scripts while they run, for the page where one watches them. */
export interface ScriptPlace {
  readonly apiExtension: string;
  readonly callId: string;
}

/** Hears of every script; parameters are not told, since they may hold digits and secrets. */
export interface Journal {
  begun(place: ScriptPlace): void;
  command(place: ScriptPlace, name: string): void;
  failed(place: ScriptPlace, code: number, message: string): void;
  ended(place: ScriptPlace): void;
}
