/** Messages to API extensions, and reports on messages: told to web sites, whose answers run without a call. */
import type { ApiExtension as ApiExtensionSettings } from '../accounts/index.js';
import type { IncomingSms, SmsReport } from '../messages/index.js';
import { incomingSms, NotificationError, smsDeliveryReport } from '../notifications/index.js';
import { OzmlError, parseOzml } from '../ozml/index.js';
import type { Script } from '../ozml/index.js';
import type { ErrorReporter } from './error-reporter.js';
import type { ScriptParts } from './parts.js';
import { Run } from './run.js';

export class MessageScripts {
  constructor(
    private readonly parts: ScriptParts,
    private readonly extension: (id: string) => ApiExtensionSettings | undefined,
    private readonly errorsOf: (apiExtension: string) => ErrorReporter,
  ) {}

  /** Hands a message to the site of its API extension. False when it cannot be reached, or there is none. */
  async received({ id, sender, recipient, text, apiExtension }: IncomingSms): Promise<boolean> {
    const { incomingMessageUrl: url, trusted = false } = this.extension(apiExtension) ?? {};
    if (url === undefined) return false;
    let answer: string;
    try {
      const notification = incomingSms({ sender, recipient, id, apiExtension, message: text });
      answer = await this.parts.sender.ask({ url, trusted }, notification);
    } catch (error) {
      if (error instanceof NotificationError) return false;
      throw error;
    }
    const script = this.#read(answer, apiExtension);
    if (script) void this.#run(script, apiExtension);
    return true;
  }

  /** Tells the site that sent a message what became of it. */
  reported({ id, delivered, reportTo }: SmsReport): void {
    if (!('url' in reportTo)) return;
    const { url, apiExtension } = reportTo;
    const context = { apiExtension, call: null, errors: this.errorsOf(apiExtension) };
    const notification = smsDeliveryReport({ delivered, id, apiExtension });
    this.parts.afterwards.tell({ url, trusted: false }, notification, context);
  }

  #read(answer: string, apiExtension: string): Script<'message'> | null {
    try {
      return parseOzml(answer, 'message');
    } catch (error) {
      if (!(error instanceof OzmlError)) throw error;
      this.errorsOf(apiExtension).report(error.code, error.message, '', apiExtension);
      return null;
    }
  }

  async #run(script: Script<'message'>, apiExtension: string): Promise<void> {
    if (script.commands.length === 0) return;
    const place = { apiExtension, callId: '' };
    this.parts.journal.begun(place);
    await new Run(this.parts, { apiExtension, call: null, errors: this.errorsOf(apiExtension) }).run(script);
    this.parts.journal.ended(place);
  }
}
