import { html, nothing, type TemplateResult } from 'lit';
import type { PlainText } from '../../text/texts.js';
import { run } from '../../common/run.js';
import { TargetPicker } from '../../common/target-picker.js';
import { join } from '../join.js';
import { OzekiTransferRequestEvent } from '../transfer-event.js';
import { who, type CallView } from '../call-view.js';
import type { CreatePanel, Panel, PanelKind } from '../panels.js';
import { panelHead } from './panel-head.js';

/** What the panel is called, by what it is for. */
const TITLES = { transfer: 'transfer', add: 'addCall', forward: 'forward', keypad: 'keypad' } as const;

interface Action {
  readonly name: PlainText;
  act(to: string): Promise<unknown>;
}

/** A number or an extension, and what to do with it: transfer, ask first, add, forward. */
export const numberPanel: CreatePanel = (kind, panels): Panel => {
  let view: CallView;
  let busy = false;
  const picker = new TargetPicker(() => view.host.requestUpdate());

  const consult = async (to: string): Promise<void> => {
    const { phone, call } = view;
    panels.consultation = [call.id, await phone.consult(call.id, to)];
    view.host.requestUpdate();
  };
  const transfer = (to: string): Promise<unknown> =>
    view.host.dispatchEvent(new OzekiTransferRequestEvent(view.call.id, false))
      ? view.phone.transfer(view.call.id, to)
      : Promise.resolve();

  const actions = (): Action[] => {
    const can = view.state.capabilities;
    const all: Record<PanelKind, (Action | false | undefined)[]> = {
      transfer: [
        can?.blindTransfer && { name: 'transferNow', act: transfer },
        can?.attendedTransfer && { name: 'askFirst', act: consult },
      ],
      add: [{ name: 'startCall', act: consult }],
      forward: [{ name: 'forwardNow', act: (to) => view.phone.forward(view.call.id, to) }],
      keypad: [],
    };
    return all[kind].filter((action) => !!action);
  };

  /** Stays open, with the number, when it did not work: the reason is shown above. */
  const start = (action: Action | undefined): void => {
    const to = !busy && action ? picker.take() : '';
    if (!to) {
      view.host.shadowRoot?.querySelector<HTMLElement>('.panel input')?.focus();
      return;
    }
    busy = true;
    const done = (action as Action).act(to).then(() => {
      if (panels.kind === kind) void panels.toggle(kind);
    });
    run(done.finally(() => (busy = false)));
  };

  return {
    first: '.panel input',
    render: (now): TemplateResult => {
      view = now;
      const { text, state } = view;
      return html`${panelHead(text(TITLES[kind]), text, () => void panels.toggle(kind))}
        <form
          novalidate
          @submit=${(event: SubmitEvent) => {
            event.preventDefault();
            start(actions()[0]);
          }}
        >
          ${picker.field(text)}
          <div class="row">
            ${actions().map(
              (action, index) =>
                html`<button
                  type=${index ? 'button' : 'submit'}
                  class=${index ? 'button plain' : 'button'}
                  @click=${index ? () => start(action) : nothing}
                >
                  ${text(action.name)}
                </button>`,
            )}
          </div>
        </form>
        ${kind === 'transfer' && state.capabilities?.attendedTransfer ? connections(view) : nothing}
        ${picker.list(state, text)}`;
    },
  };

  /** The other calls that are up, to be connected with this one. */
  function connections({ text, state, call }: CallView) {
    const others = state.calls.filter((other) => other.id !== call.id && other.state === 'active');
    return others.map(
      (other) =>
        html`<button type="button" class="pick" @click=${() => join(view, call.id, other.id)}>
          <span class="dot held"></span
          ><span class="fill clip">${text('connectWith', who(other, text))}</span>
        </button>`,
    );
  }
};
