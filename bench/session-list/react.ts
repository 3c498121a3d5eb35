/** The same table in React, with TanStack Virtual. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { createElement as h, memo, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { formatDuration, talkTime } from '../../src/elements/common/format.js';
import type { PhoneHandle, Session } from '../../src/phone/index.js';

const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });

const Row = memo(function Row({ session, second }: { session: Session; second: number }) {
  const talked = formatDuration(talkTime(session.talk, second * 1000));
  return h(
    'tr',
    { className: 'row', style: { blockSize: 44 } },
    h('td', null, `${session.caller} ${session.callerName}`),
    h('td', null, `${session.callee} ${session.calleeName}`),
    h('td', null, session.state),
    h('td', null, talked),
    h('td', null, time.format(session.startedAt)),
  );
});

function List({ phone }: { phone: PhoneHandle }) {
  const sessions = useSyncExternalStore(
    (changed) => phone.subscribe(changed),
    () => phone.getState().sessions,
  );
  const [second, setSecond] = useState(() => Math.floor(Date.now() / 1000));
  useEffect(() => {
    const timer = setInterval(() => setSecond(Math.floor(Date.now() / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: sessions.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 44,
    overscan: 6,
    getItemKey: (index) => sessions[index]!.id,
  });
  const items = virtual.getVirtualItems();
  const gap = (key: string, size: number) =>
    h('tr', { key }, h('td', { style: { blockSize: size, padding: 0 } }));
  const head = ['Caller', 'Callee', 'State', 'Talk', 'Started'].map((name) => h('th', { key: name }, name));
  return h(
    'div',
    { ref: scroll, style: { blockSize: 480, overflow: 'auto' } },
    h(
      'table',
      { style: { inlineSize: '100%', tableLayout: 'fixed' } },
      h('thead', null, h('tr', null, head)),
      h(
        'tbody',
        null,
        gap('before', items[0]?.start ?? 0),
        items.map(({ key, index }) => h(Row, { key, session: sessions[index]!, second })),
        gap('after', virtual.getTotalSize() - (items.at(-1)?.end ?? 0)),
      ),
    ),
  );
}

export function mountReact(place: HTMLElement, phone: PhoneHandle): void {
  createRoot(place).render(h(List, { phone }));
}
