/** Calls somebody and reminds of an appointment; a key confirms it, another one says it again. */
import { escape, response, startedByHand, startSite } from './site.mjs';

/**
 * What the site answers. `confirmed(who)` is told who pressed 1.
 */
export const reminder = (confirmed) => (fields, url, address) => {
  const who = url.searchParams.get('who') ?? '';
  const when = url.searchParams.get('when') ?? '';
  const here = escape(`${address}/again?${url.searchParams}`);
  if (url.pathname === '/confirmed') {
    confirmed(who);
    return response('<Speak>Thank you. Your appointment is confirmed.</Speak>');
  }
  if (fields.NotificationName === 'CallConnected' || fields.NotificationName === 'GoTo') {
    return response(
      `<UserInput Timeout="5">
  <InitialCommands>
    <Speak>Hello ${escape(who)}. You have an appointment at ${escape(when)}. Press one to confirm, or two to hear this again.</Speak>
  </InitialCommands>
  <Inputs>
    <Input Key="1"><GoTo>${escape(`${address}/confirmed?${url.searchParams}`)}</GoTo></Input>
    <Input Key="2"><GoTo>${here}</GoTo></Input>
  </Inputs>
</UserInput>`,
      '<Speak>Good bye.</Speak>',
    );
  }
  return undefined;
};

/** Has the phone system make the call. `api` is the address of its HTTP API. Returns its answer. */
export async function remind(api, site, number, who, when) {
  const url = `${site}/reminder?${new URLSearchParams({ who, when })}`;
  const command = {
    Command: 'Call',
    ApiExtension: '9999',
    Dialed: number,
    CallerDisplayName: 'Reminder',
    Url: url,
  };
  const reply = await fetch(api, { method: 'POST', body: new URLSearchParams(command) });
  return reply.text();
}

if (startedByHand(import.meta.url)) {
  const { address } = await startSite(reminder((who) => console.log(`${who} has confirmed.`)));
  console.log(
    await remind('http://127.0.0.1:7780/', address, process.argv[2] ?? '1001', 'Anna', 'ten o’clock'),
  );
}
