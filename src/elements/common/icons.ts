import { html, type TemplateResult } from 'lit';

/** Outlines on a 24 px grid, 1.8 px strokes. */
const PATHS = {
  phone: 'M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z',
  end: 'M3 14c5-5 13-5 18 0l-2.5 3-4-1.5V13c-2-.6-3-.6-5 0v2.5l-4 1.5z',
  camera: 'M3 7h12v10H3zM15 11l6-3v8l-6-3z',
  cameraOff: 'M3 7h12v10H3zM15 11l6-3v8l-6-3zM3 3l18 18',
  microphone: 'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3',
  microphoneOff: 'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3M4 4l16 16',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 5l11 7-11 7z',
  keypad: 'M5 5h.01M12 5h.01M19 5h.01M5 12h.01M12 12h.01M19 12h.01M5 19h.01M12 19h.01M19 19h.01',
  transfer: 'M4 8h13l-4-4M20 16H7l4 4',
  forward: 'M4 12h15l-5-5M19 12l-5 5',
  add: 'M12 5v14M5 12h14',
  erase: 'M9 5h11v14H9l-6-7zM12 9.5l5 5M17 9.5l-5 5',
  bell: 'M6 17v-6a6 6 0 0 1 12 0v6l2 1H4zM10 21h4',
  close: 'M6 6l12 12M18 6L6 18',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon, hidden from assistive technology: the control around it has the name. */
export function icon(name: IconName): TemplateResult {
  return outline(PATHS[name]);
}

/** The same of a path that only one part needs. */
export function outline(path: string): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" part="icon"><path d=${path} /></svg>`;
}
