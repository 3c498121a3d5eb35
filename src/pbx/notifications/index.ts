/** Outgoing HTTP: what happens with calls and messages is posted to the customer's web site, whose answer may be OzML. */
export type { Target } from '../web-client/index.js';
export { notificationSettings } from './configured.js';
export { NotificationError } from './error.js';
export type { NotificationErrorKind } from './error.js';
export {
  callChanged,
  callConnected,
  dtmfEntered,
  errorNotification,
  formOf,
  goTo,
  incomingCall,
  incomingSms,
  recordCompletedOfApiExtension,
  recordCompletedOfCall,
  routingInterception,
  smsDeliveryReport,
  transferCompleted,
} from './notification.js';
export type { CallChangedState, Notification, RecordResult, RoutingCallState } from './notification.js';
export { createNotificationSender } from './sender.js';
export type { Delivery, NotificationSender, NotificationSenderOptions } from './sender.js';
export { NOTIFICATION_DEFAULTS } from './settings.js';
export type { NotificationSettings } from './settings.js';
