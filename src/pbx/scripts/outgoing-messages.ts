/** SMS and e-mail, for the HTTP API and for scripts. */
import { randomUUID } from 'node:crypto';
import { MessageError } from '../messages/index.js';
import type { Mailer, SmsPort } from '../messages/index.js';
import { apiExtensionUnavailable, Failure, FAILURE, invalidParameter } from './failure.js';

/** An SMS to send ("SendSms"). */
export interface SmsRequest {
  readonly apiExtension: string;
  /** Whom it is from; the API extension without it. */
  readonly sender?: string | undefined;
  readonly recipient: string;
  readonly message: string;
  /** Told whether it was delivered ("SMSDeliveryReport"). */
  readonly deliveryReportUrl?: string | undefined;
}

/** An e-mail to send ("SendEmail"). */
export interface EmailRequest {
  readonly sender?: string | undefined;
  readonly recipient: string;
  readonly subject: string;
  readonly message: string;
}

export class OutgoingMessages {
  constructor(
    private readonly port: SmsPort,
    private readonly mailer: Mailer,
    private readonly isApiExtension: (id: string) => boolean,
  ) {}

  /**
   * Returns the message's id.
   * @throws Failure 401 without that API extension, 501 when the message finds nobody who takes it
   */
  async sms({ apiExtension, sender, recipient, message, deliveryReportUrl }: SmsRequest): Promise<string> {
    if (!this.isApiExtension(apiExtension)) throw apiExtensionUnavailable(apiExtension);
    const id = randomUUID();
    const reportTo =
      deliveryReportUrl === undefined ? {} : { reportTo: { url: deliveryReportUrl, apiExtension } };
    const sms = { id, sender: sender ?? apiExtension, recipient, text: message, ...reportTo };
    await this.#sent('SendSms', recipient, () => this.port.send(sms));
    return id;
  }

  /** @throws Failure 501 when the mail server does not take it for that recipient */
  async email({ sender, recipient, subject, message }: EmailRequest): Promise<void> {
    const mail = { ...(sender !== undefined && { from: sender }), to: recipient, subject, text: message };
    await this.#sent('SendEmail', recipient, () => this.mailer.send(mail));
  }

  async #sent(command: string, recipient: string, send: () => Promise<unknown>): Promise<void> {
    try {
      await send();
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      if (error.problem === 'invalid') throw invalidParameter('Recipient', command, error.message, error);
      const message = `Destination of the SMS is not found: '${recipient}' (${error.message})`;
      throw new Failure(FAILURE.smsDestinationNotFound, message, { cause: error });
    }
  }
}
