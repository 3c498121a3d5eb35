/** What the configuration says about the web sites of the company, as notifications need it. */
import type { Settings } from '../config/settings.js';
import { NOTIFICATION_DEFAULTS } from './settings.js';
import type { NotificationSettings } from './settings.js';

/** How notifications are sent, by the keys `httpApi` and `apiExtensions`. */
export function notificationSettings({
  httpApi,
  apiExtensions,
}: Pick<Settings, 'httpApi' | 'apiExtensions'>): NotificationSettings {
  const notifications = httpApi?.notifications;
  const urls = [
    notifications?.routingInterceptionUrl,
    notifications?.callChangedUrl,
    notifications?.errorUrl,
    ...apiExtensions.flatMap((extension) => [
      extension.incomingCallUrl,
      extension.incomingMessageUrl,
      extension.errorUrl,
    ]),
  ];
  return {
    ...NOTIFICATION_DEFAULTS,
    ...(notifications && {
      timeoutMs: notifications.timeoutSeconds * 1000,
      retries: notifications.retries,
      authorization: notifications.authorization,
      secret: notifications.secret,
    }),
    allowTargets: httpApi?.allowTargets ?? [],
    ownSites: urls.filter((url) => url !== undefined),
  };
}
