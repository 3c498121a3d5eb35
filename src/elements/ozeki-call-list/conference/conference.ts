/** What a list of calls shows of conferences: boxes to choose calls, a button to merge them, and those there are. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon, outline } from '../../common/icons.js';
import { optional } from '../../common/optional.js';
import { speakCallList } from '../../text/en-call-list.js';
import type { Group } from '../groups.js';
import { canMerge } from '../groups.js';
import type { ListView } from '../list-view.js';
import { OzekiMergeRequestEvent, OzekiSplitRequestEvent } from './events.js';

export { conferenceStyles as styles } from './conference.styles.js';

speakCallList();

const SPLIT = 'M12 21v-7l-6-6M12 14l6-6M4 12V6h6M20 12V6h-6';

export class Conferences {
  /** The groups that are chosen, by id. */
  readonly #chosen = new Set<string>();

  /** The box that chooses a call, or a conference with all its calls, to be merged with others. */
  box({ text, host, able }: ListView, group: Group, name: string): TemplateResult | typeof nothing {
    if (!able.includes(group)) return nothing;
    const { id } = group;
    return html`<button
      type="button"
      class="box"
      part="choose"
      role="checkbox"
      aria-checked=${this.#chosen.has(id) ? 'true' : 'false'}
      aria-label=${text('chooseCall', name)}
      @click=${() => {
        if (!this.#chosen.delete(id)) this.#chosen.add(id);
        host.requestUpdate();
      }}
    ></button>`;
  }

  /** A conference: hold it, take it apart, and its calls. */
  group(view: ListView, group: Group, rows: TemplateResult): TemplateResult {
    const { text, host, phone, button } = view;
    const { id, calls } = group;
    const { selectedCallId } = phone.getState();
    const front = (calls.find((call) => call.id === selectedCallId) ?? calls[0]!).id;
    const usable = canMerge(group);
    const name = text('conference');
    const held = calls.every(({ heldLocally }) => heldLocally);
    const hold = () => Promise.all(calls.map((call) => phone.hold(call.id)));
    return html`<li class="conference" part="conference">
      <div class="row" data-row=${id}>
        ${this.box(view, group, name)}
        <b class="fill clip">${text('conferenceWith', calls.length)}</b>
        ${
          held
            ? button('resume', name, icon('play'), usable, () => phone.swapTo(front))
            : button('hold', name, icon('pause'), usable, hold)
        }
        ${button('takeApart', name, outline(SPLIT), usable, async () => {
          if (!host.dispatchEvent(new OzekiSplitRequestEvent(front))) return;
          await (await phone.control()).split(front);
        })}
      </div>
      ${rows}
    </li>`;
  }

  /** The button that merges: what is chosen, or all when nothing is. */
  merging({ text, host, phone, able, run }: ListView): TemplateResult {
    const chosen = able.filter(({ id }) => this.#chosen.has(id));
    const merged = (chosen.length ? chosen : able).flatMap(({ calls }) => calls.map(({ id }) => id));
    const usable = chosen.length !== 1;
    const merge = () => {
      if (!usable || !host.dispatchEvent(new OzekiMergeRequestEvent(merged))) return;
      this.#chosen.clear();
      run(async () => (await phone.control()).merge(merged));
    };
    return html`<div class="merge" part="merge">
      <span class="muted fill">${text('mergeHint')}</span>
      <button type="button" class="button" aria-disabled=${optional(!usable && 'true')} @click=${merge}>
        ${text('mergeCalls', merged.length)}
      </button>
    </div>`;
  }
}
