export { MessageError } from './message-error.js';
export type { MessageProblem } from './message-error.js';
export { createMailer } from './mailer.js';
export type { Mail, MailAttachment, Mailer, MailerOptions } from './mailer.js';
