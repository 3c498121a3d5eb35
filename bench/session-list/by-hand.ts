/** A windowed table written by hand for one page: no features, nothing general, no library. */
import type { PhoneHandle } from '../../src/phone/index.js';
import { formatDuration, talkTime } from '../../src/elements/common/format.js';

const ROW = 44;
const HEIGHT = 480;
const BEYOND = 6;

export function mountByHand(place: HTMLElement, phone: PhoneHandle): void {
  place.innerHTML = `<div style="block-size:${HEIGHT}px;overflow:auto"><table style="inline-size:100%;table-layout:fixed">
    <thead><tr><th>Caller</th><th>Callee</th><th>State</th><th>Talk</th><th>Started</th></tr></thead>
    <tbody></tbody></table></div>`;
  const scroll = place.firstElementChild as HTMLElement;
  const body = scroll.querySelector('tbody')!;
  const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });
  const spacer = () => {
    const row = document.createElement('tr');
    row.append(document.createElement('td'));
    return row;
  };
  const [before, after] = [spacer(), spacer()];
  body.append(before, after);
  const rows: HTMLTableRowElement[] = [];
  let frame = 0;

  function draw(): void {
    frame = 0;
    const { sessions } = phone.getState();
    const first = Math.max(0, Math.floor(scroll.scrollTop / ROW) - BEYOND);
    const last = Math.min(sessions.length, first + Math.ceil(HEIGHT / ROW) + 2 * BEYOND);
    while (rows.length < last - first) {
      const row = document.createElement('tr');
      row.className = 'row';
      row.style.blockSize = `${ROW}px`;
      for (let cell = 0; cell < 5; cell++) row.append(document.createElement('td'));
      rows.push(row);
      after.before(row);
    }
    while (rows.length > last - first) rows.pop()!.remove();
    (before.firstElementChild as HTMLElement).style.blockSize = `${first * ROW}px`;
    (after.firstElementChild as HTMLElement).style.blockSize = `${(sessions.length - last) * ROW}px`;
    const now = Date.now();
    for (let index = first; index < last; index++) {
      const session = sessions[index]!;
      const texts = [
        `${session.caller} ${session.callerName}`,
        `${session.callee} ${session.calleeName}`,
        session.state,
        formatDuration(talkTime(session.talk, now)),
        time.format(session.startedAt),
      ];
      const { cells } = rows[index - first]!;
      for (let cell = 0; cell < 5; cell++)
        if (cells[cell]!.textContent !== texts[cell]) cells[cell]!.textContent = texts[cell]!;
    }
  }
  const soon = () => (frame ||= requestAnimationFrame(draw));
  scroll.addEventListener('scroll', soon);
  phone.subscribe(soon);
  setInterval(soon, 1000);
  draw();
}
