export { MessageError } from './message-error.js';
export type { MessageProblem } from './message-error.js';
export { createMailer } from './mailer.js';
export type { Mail, MailAttachment, Mailer, MailerOptions } from './mailer.js';
export type { IncomingSms, OutgoingSms, ReportTo, SmsPort, SmsReport } from './sms-port.js';
export { TextMessages } from './text-messages.js';
export type { MessageParts } from './text-messages.js';
export { isDelivered, readFields } from './http-gateway.js';
export type { GatewayFields } from './http-gateway.js';
