/**
 * The notifications ("HTTP API Notifications"): for each the fields with the documented names, capitals and order,
 * which differ from one to the next.
 */

export interface Notification {
  /** What `NotificationName` says. */
  readonly name: string;
  /** In the order they are sent in. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

function notification(name: string, fields: Readonly<Record<string, string>>): Notification {
  return { name, fields: Object.entries(fields) };
}

/** The form as it is sent: `application/x-www-form-urlencoded` of the URL standard, in which a blank is `+`. */
export function formOf({ fields }: Notification): string {
  return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
}

/** What became of the call when a route is asked for: `Calling` the first time. */
export type RoutingCallState = 'Calling' | 'NoAnswer' | 'Busy' | 'NotFound' | 'Error';

/** Where shall a call go? The answer may hold `Route`; without it the dial plan decides. */
export function routingInterception(call: {
  readonly callerId: string;
  readonly originalDialedNumber: string;
  readonly lastDialedNumber: string;
  readonly lastCalledExtension: string;
  readonly lastCallState: RoutingCallState;
  readonly callerExtension: string;
  /** The one that intercepts; the documented example has it. */
  readonly apiExtension: string;
}): Notification {
  return notification('RoutingInterception', {
    NotificationName: 'RoutingInterception',
    CallerID: call.callerId,
    OriginalDialedNumber: call.originalDialedNumber,
    LastDialedNumber: call.lastDialedNumber,
    LastCalledExtension: call.lastCalledExtension,
    LastCallState: call.lastCallState,
    CallerExtension: call.callerExtension,
    ApiExtension: call.apiExtension,
  });
}

/** The states of a call in the HTTP API ("Call states"). */
export type CallChangedState =
  'Ringing' | 'Answered' | 'InCall' | 'Hold' | 'Transferred' | 'Busy' | 'Cancelled' | 'Completed' | 'Error';

/** A call began, ended or changed. The answer may hold commands of third-party call control. */
export function callChanged(call: {
  readonly callState: CallChangedState;
  readonly callId: string;
  readonly caller: string;
  readonly callerId: string;
  readonly callee: string;
}): Notification {
  return notification('CallChanged', {
    NotificationName: 'CallChanged',
    CallState: call.callState,
    CallId: call.callId,
    Caller: call.caller,
    CallerId: call.callerId,
    Callee: call.callee,
  });
}

/** What came of a recording. */
export interface RecordResult {
  /** False when nobody was heard; then the duration is 0 and the address empty. */
  readonly success: boolean;
  readonly durationSeconds: number;
  readonly recordUrl: string;
  readonly caller: string;
  readonly callee: string;
}

/** A recording by third-party call control ended. The answer may hold commands of third-party call control. */
export function recordCompletedOfCall(record: RecordResult & { readonly callId: string }): Notification {
  return recordCompleted(record, { CallId: record.callId });
}

/** A recording by an API extension ended. The answer may hold commands of an API extension. */
export function recordCompletedOfApiExtension(record: RecordResult): Notification {
  return recordCompleted(record, {});
}

function recordCompleted(record: RecordResult, call: Readonly<Record<string, string>>): Notification {
  return notification('RecordCompleted', {
    Success: String(record.success),
    Duration: String(Math.round(record.durationSeconds)),
    RecordURL: record.recordUrl,
    ...call,
    Caller: record.caller,
    Callee: record.callee,
    NotificationName: 'RecordCompleted',
  });
}

/** A call that the command `Call` made was answered. The answer may hold commands of an API extension. */
export function callConnected(call: {
  readonly callLegId: string;
  readonly callee: string;
  readonly apiExtension: string;
}): Notification {
  return notification('CallConnected', {
    NotificationName: 'CallConnected',
    CallLegID: call.callLegId,
    Callee: call.callee,
    ApiExtension: call.apiExtension,
  });
}

/** Somebody calls an API extension. The answer may hold commands of an API extension. */
export function incomingCall(call: {
  readonly callLegId: string;
  readonly caller: string;
  readonly apiExtension: string;
}): Notification {
  return notification('IncomingCall', {
    NotificationName: 'IncomingCall',
    CallLegID: call.callLegId,
    Caller: call.caller,
    ApiExtension: call.apiExtension,
  });
}

/** A text message came for an API extension. The answer may hold those of its commands that need no call. */
export function incomingSms(sms: {
  readonly sender: string;
  readonly recipient: string;
  readonly id: string;
  readonly apiExtension: string;
  readonly message: string;
}): Notification {
  return notification('IncomingSMS', {
    NotificationName: 'IncomingSMS',
    Sender: sms.sender,
    Recipient: sms.recipient,
    ID: sms.id,
    ApiExtension: sms.apiExtension,
    Message: sms.message,
  });
}

/** What became of a text message that was sent. The answer may hold those commands that need no call. */
export function smsDeliveryReport(report: {
  readonly delivered: boolean;
  readonly id: string;
  readonly apiExtension: string;
}): Notification {
  return notification('SMSDeliveryReport', {
    NotificationName: 'SMSDeliveryReport',
    Delivered: String(report.delivered),
    ID: report.id,
    ApiExtension: report.apiExtension,
  });
}

/** Keys that no `Input` of a menu has. The answer may hold commands of an API extension. */
export function dtmfEntered(input: {
  readonly dtmfDigits: string;
  readonly callLegId: string;
  readonly apiExtension: string;
}): Notification {
  return notification('DtmfEntered', {
    NotificationName: 'DtmfEntered',
    DtmfDigits: input.dtmfDigits,
    CallLegID: input.callLegId,
    ApiExtension: input.apiExtension,
  });
}

/** The command `GoTo`: the answer is the script that takes over. */
export function goTo(): Notification {
  return notification('GoTo', { NotificationName: 'GoTo' });
}

/**
 * A call that `BlindTransfer` with `FinishedUrl` connected has ended. That it is told call, parties and duration is
 * documented, the names are chosen.
 */
export function transferCompleted(transfer: {
  readonly durationSeconds: number;
  readonly callId: string;
  readonly caller: string;
  readonly callee: string;
}): Notification {
  return notification('TransferCompleted', {
    Duration: String(Math.round(transfer.durationSeconds)),
    CallId: transfer.callId,
    Caller: transfer.caller,
    Callee: transfer.callee,
    NotificationName: 'TransferCompleted',
  });
}

/** A script or command could not be carried out ("Status codes", 300 to 307). The answer is not looked at. */
export function errorNotification(error: {
  readonly errorCode: number;
  readonly errorMessage: string;
  /** Empty when it concerns no call. */
  readonly callId: string;
  /** Empty when it concerns no API extension. */
  readonly apiExtension: string;
}): Notification {
  return notification('Error', {
    NotificationName: 'Error',
    ErrorCode: String(error.errorCode),
    ErrorMessage: error.errorMessage,
    CallId: error.callId,
    ApiExtension: error.apiExtension,
  });
}
