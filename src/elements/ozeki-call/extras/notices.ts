import { html, nothing, type TemplateResult } from 'lit';
import { run } from '../../common/run.js';
import { isIncoming, type CallView } from '../call-view.js';

/** Something about the call that a person should read, with a button where there is a way on. */
export interface Notice {
  readonly text: string;
  readonly action?: { readonly name: string; act(): void };
}

/** Problems that concern whatever call is up, though they name none. */
const OF_THE_DEVICE = ['playback-blocked', 'microphone-changed', 'speaker-changed'];

/** Problems of a call nobody is heard in for want of a microphone. */
const SILENCED = ['unheard', 'microphone-refused', 'microphone-absent', 'insecure-context'];

/** What there is to say about a call that is not over, most urgent first. */
export function notices(view: CallView, dismissed: number, dismiss: (id: number) => void): Notice[] {
  const { call, state, text, phone, problem: words } = view;
  const { media, camera, transfer } = call;
  if (call.state === 'ended') return [];
  const said: (Notice | false)[] = [
    // Who accepts it takes it here.
    state.following &&
      !isIncoming(call) && {
        text: text('inOtherTab'),
        // Elsewhere a call ends with its connection.
        ...(state.capabilities?.reload && {
          action: { name: text('takeHere'), act: () => run(phone.takeOver()) },
        }),
      },
    call.state === 'active' && media === 'failed' && { text: text('mediaFailed') },
    call.state === 'active' && media === 'interrupted' && { text: text('mediaInterrupted') },
    !!transfer && {
      text: transfer.reason
        ? `${text('transferFailed', transfer.to)} ${words(transfer.reason)}`
        : text(TRANSFER[transfer.state], transfer.to),
    },
    (camera === 'refused' || camera === 'absent' || camera === 'in-use') && {
      text: words(`camera-${camera}`),
    },
  ];
  const { problem } = state;
  if (
    problem &&
    problem.id !== dismissed &&
    (problem.callId === call.id || (!problem.callId && OF_THE_DEVICE.includes(problem.code)))
  ) {
    const blocked = problem.code === 'playback-blocked';
    // The call goes on here by itself, and waits for the person's click.
    const silent = call.muted && (blocked || SILENCED.includes(problem.code));
    const sentence = words(problem.code);
    const told = said.some((notice) => notice && notice.text === sentence);
    if (sentence && !told) {
      said.push({
        text: sentence,
        action: {
          name: text(silent ? 'tapToSpeak' : blocked ? 'playSound' : 'dismiss'),
          act: () => {
            if (silent) phone.setMuted(call.id, false);
            if (silent || blocked) phone.resumePlayback().catch(() => {});
            dismiss(problem.id);
          },
        },
      });
    }
  }
  return said.filter((notice) => !!notice && !!notice.text) as Notice[];
}

const TRANSFER = {
  trying: 'transferTrying',
  ringing: 'transferRinging',
  failed: 'transferFailed',
} as const;

/** The sentences about a call, each with its way on. */
export function noticesView(said: readonly Notice[]): TemplateResult | typeof nothing {
  if (!said.length) return nothing;
  return html`<div class="notices">
    ${said.map(
      ({ text, action }) =>
        html`<p class="notice" part="notice">
          <span class="fill">${text}</span>
          ${
            action
              ? html`<button type="button" class="small" part="notice-action" @click=${() => action.act()}>
                  ${action.name}
                </button>`
              : nothing
          }
        </p>`,
    )}
  </div>`;
}
