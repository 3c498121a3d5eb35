/** Messages an SMS gateway has taken and still has to report on; their texts are not kept. */
import type { Database } from 'libsql';

/** A message that was sent. */
export interface SentMessage {
  readonly id: string;
  /** The gateway's own id of it; the same as `id` when it gave none. */
  readonly gatewayId: string;
  /** Who wants to know, as its sender wrote it down. */
  readonly reportTo: string;
}

export interface SentMessages {
  put(message: SentMessage, now: number): void;
  /** Takes out the message of that id, ours or the gateway's; undefined when there is none any more. */
  take(id: string): SentMessage | undefined;
}

/** How long a report is waited for, in milliseconds. */
export const REPORT_WITHIN_MS = 7 * 24 * 60 * 60_000;

/** Keeps messages until the process ends. */
export function memorySentMessages(): SentMessages {
  const messages = new Map<string, SentMessage & { readonly at: number }>();
  return {
    put(message, now) {
      for (const [id, { at }] of messages) if (at <= now - REPORT_WITHIN_MS) messages.delete(id);
      messages.set(message.id, { ...message, at: now });
    },
    take(id) {
      const found = messages.get(id) ?? [...messages.values()].find(({ gatewayId }) => gatewayId === id);
      if (!found) return undefined;
      messages.delete(found.id);
      const { at: _at, ...message } = found;
      return message;
    },
  };
}

interface Row {
  readonly id: string;
  readonly gateway_id: string;
  readonly report_to: string;
}

/** Keeps them in a database that has the shape of the last migration. */
export function createSentMessages(database: Database): SentMessages {
  const purge = database.prepare('DELETE FROM sent_messages WHERE sent_at <= ?');
  const insert = database.prepare(
    'INSERT OR REPLACE INTO sent_messages (id, gateway_id, report_to, sent_at) VALUES (?, ?, ?, ?)',
  );
  const select = database.prepare(
    'SELECT id, gateway_id, report_to FROM sent_messages WHERE id = ? OR gateway_id = ? LIMIT 1',
  );
  const remove = database.prepare('DELETE FROM sent_messages WHERE id = ?');
  return {
    put({ id, gatewayId, reportTo }, now) {
      purge.run(now - REPORT_WITHIN_MS);
      insert.run(id, gatewayId, reportTo, now);
    },
    take(id) {
      const row = select.get(id, id) as Row | undefined;
      if (!row) return undefined;
      remove.run(row.id);
      return { id: row.id, gatewayId: row.gateway_id, reportTo: row.report_to };
    },
  };
}
