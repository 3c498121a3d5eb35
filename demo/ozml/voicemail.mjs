/** Takes a message of the caller, and sends it to its owner by e-mail. */
import { escape, response, startedByHand, startSite } from './site.mjs';

/** What the site answers; `owner` is the e-mail address messages go to. */
export const voicemail = (owner) => (fields, url, address) => {
  switch (fields.NotificationName) {
    case 'IncomingCall':
      return response(
        '<Speak>Nobody is here at the moment. Please leave a message, and press the hash key when you are done.</Speak>',
        `<Record Format="mp3" Duration="120" Inactivity="5" FinishDigits="#" FinishedUrl="${address}/recorded"/>`,
        '<Speak>Thank you. Good bye.</Speak>',
      );
    case 'RecordCompleted': {
      if (fields.Success !== 'true') return undefined;
      const text = `${fields.Caller} left a message of ${fields.Duration} seconds:\n${fields.RecordURL}\n`;
      return response(
        `<SendEmail Recipient="${escape(owner)}" Subject="Message from ${escape(fields.Caller)}">${escape(text)}</SendEmail>`,
      );
    }
    default:
      return undefined;
  }
};

if (startedByHand(import.meta.url)) {
  const owner = process.argv[2] ?? 'owner@example.com';
  const { address } = await startSite(voicemail(owner));
  console.log(`Call 9999 and say something; it is sent to ${owner}. The API extension asks ${address}/`);
}
