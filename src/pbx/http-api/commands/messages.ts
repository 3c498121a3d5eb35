/** The commands that send messages in the name of an API extension. */
import { randomUUID } from 'node:crypto';
import { MessageError } from '../../messages/index.js';
import { line, text, url } from '../../ozml/kinds.js';
import { optional, required, withDefault } from '../../ozml/parameter.js';
import type { PhoneSystem } from '../../phone-system.js';
import { Xml } from '../answer.js';
import { command } from '../command.js';
import { mailAddress, mailAddresses, number } from '../kinds.js';
import { destinationNotFound, invalidParameter, STATUS } from '../status.js';
import { namedApiExtension } from './api-extension.js';

const apiExtension = optional('ApiExtension', line());
/** As long as a header line may be (RFC 5322, 2.1.1). */
const subject = line(998);

export const MESSAGES = [
  command({
    name: 'SendSms',
    group: 'API extension control',
    right: 'messages',
    summary: 'Sends a text message to an extension, or out through the SMS gateway.',
    parameters: {
      apiExtension,
      sender: optional('Sender', number),
      recipient: required('Recipient', number),
      message: required('Message', text),
      deliveryReportUrl: optional('DeliveryReportURL', url, { aliases: ['DelivaryReportURL'] }),
    },
    codes: [STATUS.destinationNotFound],
    async run({ apiExtension: named, sender, recipient, message, deliveryReportUrl }, phoneSystem) {
      const owner = ownerOf(named, phoneSystem, 'SendSms');
      const from = sender ?? owner;
      if (from === '') throw invalidParameter('Sender', 'SendSms');
      const id = randomUUID();
      const reportTo =
        deliveryReportUrl === undefined ? undefined : { apiExtension: owner, url: deliveryReportUrl };
      try {
        await phoneSystem.messages.send({ id, sender: from, recipient, text: message, reportTo });
      } catch (error) {
        throw explain(error, recipient);
      }
      return { after: [Xml.element('SmsId', id)] };
    },
  }),
  command({
    name: 'SendEmail',
    group: 'API extension control',
    right: 'messages',
    summary: 'Sends an e-mail through the mail server of the configuration.',
    parameters: {
      apiExtension,
      sender: optional('Sender', mailAddress),
      recipient: required('Recipient', mailAddresses),
      subject: withDefault('Subject', subject, ''),
      message: withDefault('Message', text, ''),
    },
    codes: [STATUS.destinationNotFound],
    async run({ apiExtension: named, sender, recipient, subject: about, message }, phoneSystem) {
      ownerOf(named, phoneSystem, 'SendEmail');
      try {
        const { messageId } = await phoneSystem.mailer.send({
          ...(sender !== undefined && { from: sender }),
          ...{ to: recipient, subject: about, text: message },
        });
        return { after: [Xml.element('EmailId', messageId)] };
      } catch (error) {
        if (error instanceof MessageError && error.problem === 'invalid') {
          throw invalidParameter('Recipient', 'SendEmail');
        }
        throw explain(error, recipient);
      }
    },
  }),
];

/** The API extension that sends; empty when there is none, 302 when there is no such. */
function ownerOf(named: string | undefined, phoneSystem: PhoneSystem, commandName: string): string {
  const found = namedApiExtension(named, phoneSystem);
  if (found === undefined && named !== undefined && named.toUpperCase() !== 'NULL') {
    throw invalidParameter('ApiExtension', commandName);
  }
  return found ?? '';
}

function explain(error: unknown, recipient: string): unknown {
  return error instanceof MessageError ? destinationNotFound(recipient, error.message) : error;
}
