import { html, type TemplateResult } from 'lit';
import { optional } from '../common/optional.js';
import { icon, type IconName } from '../common/icons.js';
import { run } from '../common/run.js';
import type { PlainText } from '../text/texts.js';
import type { CallView } from './call-view.js';
import type { PanelKind, Panels } from './panels.js';

interface Control {
  readonly name: PlainText;
  readonly icon: IconName;
  readonly usable: boolean;
  /** Shown inverted. */
  readonly on: boolean;
  /** Its name stays when it is on, so it is told as pressed. */
  readonly toggle?: boolean;
  readonly opens?: PanelKind;
  act(): void;
}

/**
 * The round controls of a call, each at its place in every state. What the phone system cannot do is absent;
 * what cannot be done right now keeps its place and its focus, and says that it is disabled.
 */
export function controlsView(view: CallView, panels: Panels): TemplateResult {
  return html`<div class="controls" part="controls">
    ${list(view, panels).map(
      (control) =>
        html`<button
          class="control"
          part="control"
          data-opens=${optional(control.opens)}
          aria-disabled=${optional(!control.usable && 'true')}
          aria-pressed=${optional(control.toggle && `${control.on}`)}
          @click=${() => control.usable && control.act()}
        >
          <span class=${control.on ? 'disc on' : 'disc'}>${icon(control.icon)}</span>
          <span class="label">${view.text(control.name)}</span>
        </button>`,
    )}
  </div>`;
}

function list({ call, phone, state }: CallView, panels: Panels): Control[] {
  const can = state.capabilities;
  const up = call.state === 'active';
  const free = up && !call.pending;
  const panel = (kind: PanelKind, name: Control['name'], icon: IconName, usable: boolean): Control => ({
    name,
    icon,
    usable: usable || panels.kind === kind,
    on: panels.kind === kind,
    toggle: true,
    opens: kind,
    act: () => void panels.toggle(kind),
  });
  const { muted, heldLocally: held } = call;
  const camera = call.camera === 'on';
  const controls: (Control | null | false | undefined)[] = [
    {
      name: muted ? 'unmute' : 'mute',
      icon: muted ? 'microphoneOff' : 'microphone',
      usable: call.state !== 'preparing',
      on: muted,
      act: () => phone.setMuted(call.id, !muted),
    },
    panel('keypad', 'keypad', 'keypad', up),
    {
      name: 'camera',
      icon: camera ? 'cameraOff' : 'camera',
      usable: (up || camera) && call.camera !== 'starting',
      on: camera,
      toggle: true,
      act: () => run(phone.setCamera(call.id, !camera)),
    },
    can?.hold && {
      name: held ? 'resume' : 'hold',
      icon: held ? 'play' : 'pause',
      usable: free,
      on: held,
      act: () => run(held ? phone.unhold(call.id) : phone.hold(call.id)),
    },
    (can?.blindTransfer || can?.attendedTransfer) && panel('transfer', 'transfer', 'transfer', free),
    can?.hold && panel('add', 'addCall', 'add', free),
  ];
  return controls.filter((control) => !!control);
}
