/** Asks a caller for a PIN; who knows it is connected with the front desk. */
import { response, startedByHand, startSite } from './site.mjs';

const PIN = '2468';
const TRIES = 3;

const ask = (address, words, tries) =>
  response(
    `<UserInput Digits="4" Timeout="10" Repeat="true" ForwardToUrl="${address}/pin?tries=${tries}">
  <InitialCommands><Speak>${words}</Speak></InitialCommands>
  <Inputs><Input Key="0"><Hangup/></Input></Inputs>
</UserInput>`,
  );

/** What the site answers. */
export function answer(fields, url, address) {
  const tries = Number(url.searchParams.get('tries') ?? TRIES);
  switch (fields.NotificationName) {
    case 'IncomingCall':
      return ask(address, 'Please enter your four digit PIN. Press zero to hang up.', TRIES);
    case 'DtmfEntered':
      if (fields.DtmfDigits === PIN) {
        return response(
          '<Speak>Thank you. You are being connected.</Speak>',
          '<BlindTransfer>1001</BlindTransfer>',
        );
      }
      return tries > 1
        ? ask(address, 'This PIN is not right. Please try again.', tries - 1)
        : response('<Speak>Good bye.</Speak>', '<Hangup/>');
    default:
      return undefined;
  }
}

if (startedByHand(import.meta.url)) {
  const { address } = await startSite(answer);
  console.log(`Call 9999 and enter ${PIN}. The API extension asks ${address}/`);
}
