import { html, nothing, type TemplateResult } from 'lit';
import type { CallQuality, PhoneCall, QualityWarning } from '../../phone/state.js';
import { controls } from '../common/controls.styles.js';
import { outline } from '../common/icons.js';
import { OzekiElement } from '../common/ozeki-element.js';
import { PhoneController } from '../common/phone-controller.js';
import { property } from '../common/property.js';
import { QUALITY_WORDS, qualityLevel } from '../common/quality-level.js';
import { tokens } from '../common/tokens.styles.js';
import { speakQuality } from '../text/en-quality.js';
import { styles } from './ozeki-call-quality.styles.js';
import { plot, PLOT_BOX, type PlotScale } from './plot.js';

speakQuality();

const WAVES = 'M3 12h3l2-6 4 13 3-9 2 2h4';

/** What is plotted: how it is called, read and scaled. The limits are those of the warnings. */
const ROWS = [
  {
    warning: 'loss',
    name: 'loss',
    read: (one: CallQuality) => one.loss,
    scale: { from: 0, to: 0.1, limit: 0.03 },
  },
  {
    warning: 'jitter',
    name: 'jitter',
    read: (one: CallQuality) => one.jitter,
    scale: { from: 0, to: 100, limit: 30 },
  },
  {
    warning: 'round-trip',
    name: 'roundTrip',
    read: (one: CallQuality) => one.roundTrip,
    scale: { from: 0, to: 800, limit: 400 },
  },
] as const satisfies readonly {
  warning: QualityWarning;
  name: string;
  read(one: CallQuality): number | null;
  scale: PlotScale;
}[];
const MOS_SCALE: PlotScale = { from: 1, to: 4.5, limit: 3.6 };

/**
 * @customElement
 * @tagname ozeki-call-quality
 * @summary How well a call is heard: mean opinion score by the E-model (ITU-T G.107), loss, jitter and round trip,
 * now and over the last five minutes, with a warning when it was bad in 3 of the last 5 measurements.
 *
 * Shows the selected call of its phone, or the one named by `call-id`. Warnings stand in the call's
 * `qualityWarnings`, and the client tells them as `ozeki-quality-warning`.
 *
 * @attr {string} call-id - The call to show; without it the selected one.
 * @attr {string} client - The `id` of the `<ozeki-client>` to use, for a tag that is not inside one.
 *
 * @csspart base - The card.
 * @csspart head - The line on top.
 * @csspart word - Good, fair or poor.
 * @csspart mos - The mean opinion score.
 * @csspart row - Loss, jitter or round trip.
 * @csspart value - A value as of now.
 * @csspart plot - Values over time.
 * @csspart warning - What is wrong.
 * @csspart message - What is to be read while nothing is measured.
 * @csspart icon - An icon.
 *
 * @cssproperty [--ozeki-color-surface=#fff / #15171c] - Background, for light / dark.
 * @cssproperty [--ozeki-color-text=#14171c / #f1f3f7] - Values.
 * @cssproperty [--ozeki-color-text-muted=#5b6472 / #a2abb9] - Names.
 * @cssproperty [--ozeki-color-border=#d7dce3 / #383e4a] - Lines and limits.
 * @cssproperty [--ozeki-color-accent=#1d5bd0 / #8ab0ff] - The plotted lines.
 * @cssproperty [--ozeki-color-positive=#13753c / #4cc783] - Good.
 * @cssproperty [--ozeki-color-warning=#8a5800 / #f0b53a] - Fair, and warnings.
 * @cssproperty [--ozeki-color-negative=#c4272e / #ff7a78] - Poor.
 * @cssproperty [--ozeki-radius-l=16px] - Corners of the card.
 * @cssproperty [--ozeki-font] - The `font` shorthand of all text.
 *
 * @cssstate empty - There is no call.
 * @cssstate good - MOS 3.8 and more.
 * @cssstate fair - MOS between 3.1 and 3.8.
 * @cssstate poor - MOS below 3.1.
 * @cssstate warning - It was bad in 3 of the last 5 measurements, and has not got better since.
 */
export class OzekiCallQuality extends OzekiElement {
  static override readonly styles = [tokens, controls, styles];

  /** The id of the call to show; empty for the selected one. */
  @property({ attribute: 'call-id' }) callId = '';

  readonly #phone = new PhoneController(this, ({ calls, selectedCallId }) => [calls, selectedCallId]);
  /** The call was warned of; then its end is worth a word. */
  #warned = '';

  get #call(): PhoneCall | undefined {
    const state = this.#phone.state;
    const id = this.callId || state?.selectedCallId;
    return state?.calls.find((call) => call.id === id);
  }

  protected override willUpdate(): void {
    const call = this.#call;
    const level = call?.quality ? qualityLevel(call.quality.mos) : -1;
    for (const [index, name] of (['poor', 'fair', 'good'] as const).entries())
      this.setState(name, index === level);
    this.setState('empty', !call);
    this.setState('warning', !!call?.qualityWarnings.length);
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const call = this.#call;
    const { quality } = call ?? {};
    const level = quality ? qualityLevel(quality.mos) : 2;
    return html`<div class="base" part="base" role="group" aria-label=${text('callQuality')}>
      <div class="bar" part="head">
        <b class="fill">${text('callQuality')}</b>
        ${
          quality
            ? html`<span class="word level-${level}" part="word">
                <span class="dot level-${level}"></span>${text(QUALITY_WORDS[level])}
              </span>`
            : nothing
        }
      </div>
      ${call && quality ? this.#measured(call, quality) : this.#nothing(call)}
      <p class="visually-hidden" role="status">${this.#news(call)}</p>
    </div>`;
  }

  #nothing(call: PhoneCall | undefined): TemplateResult {
    const { text } = this;
    const on = call && call.state !== 'ended';
    const still = on && (call.heldLocally || call.heldRemotely);
    return html`<div class="message" part="message">
      ${outline(WAVES)}
      <b>${text(on ? (still ? 'onHold' : 'measuring') : 'noCallMeasured')}</b>
      <p class="muted">${still ? text('notMeasuredOnHold') : on ? nothing : text('noCallMeasuredHint')}</p>
    </div>`;
  }

  #measured(call: PhoneCall, quality: CallQuality): TemplateResult {
    const { text } = this;
    const { qualityLog: log, qualityWarnings: warnings } = call;
    const still = call.state === 'active' && (call.heldLocally || call.heldRemotely);
    const values = this.#values(quality);
    const points = (read: (one: CallQuality) => number | null) =>
      log.map((one) => ({ at: one.at, value: read(one) }));
    return html`<p class="visually-hidden">${this.#summary(call, quality)}</p>
      <div class="mos" part="mos" aria-hidden="true">
        <span class="value" part="value"><small>MOS</small> <b class="number">${values.mos}</b></span>
        <svg class="plot" part="plot" viewBox=${PLOT_BOX} preserveAspectRatio="none">
          ${plot(
            points(({ mos }) => mos),
            MOS_SCALE,
          )}
        </svg>
      </div>
      <div class="rows" aria-hidden="true">
        ${ROWS.map(
          ({ name, warning, read, scale }) =>
            html`<div class="row ${warnings.includes(warning) ? 'bad' : ''}" part="row">
              <span class="muted">${text(name)}</span>
              <b class="number" part="value">${values[name]}</b>
              <svg class="plot" part="plot" viewBox=${PLOT_BOX} preserveAspectRatio="none">
                ${plot(points(read), scale)}
              </svg>
            </div>`,
        )}
      </div>
      ${still ? html`<p class="notice" part="warning">${text('notMeasuredOnHold')}</p>` : nothing}
      ${warnings.map((warning) => html`<p class="notice" part="warning">${text('qualityWarning', warning)}</p>`)}`;
  }

  /** The values for people, with their units. */
  #values({ mos, loss, jitter, roundTrip }: CallQuality) {
    const { code } = this.language;
    const milliseconds = (value: number) =>
      new Intl.NumberFormat(code, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }).format(
        value,
      );
    return {
      mos: this.#score(mos),
      loss: new Intl.NumberFormat(code, { style: 'percent', maximumFractionDigits: 1 }).format(loss),
      jitter: milliseconds(jitter),
      roundTrip: roundTrip === null ? '–' : milliseconds(roundTrip),
    };
  }

  #score(mos: number): string {
    return mos.toLocaleString(this.language.code, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  /** All of it in sentences: the plots are for eyes only. */
  #summary({ qualityLog: log }: PhoneCall, quality: CallQuality): string {
    const { text } = this;
    const { mos, loss, jitter, roundTrip } = this.#values(quality);
    const word = text(QUALITY_WORDS[qualityLevel(quality.mos)]);
    const now = text('qualityNow', word, mos, loss, jitter, roundTrip);
    if (log.length < 2) return now;
    const all = log.map((one) => one.mos);
    const minutes = Math.max(1, Math.round((log.at(-1)!.at - log[0]!.at) / 60_000));
    return `${now} ${text('qualityRange', minutes, this.#score(Math.min(...all)), this.#score(Math.max(...all)))}`;
  }

  /** What is worth saying aloud: warnings as they come, and that there are none any more; never the values. */
  #news(call: PhoneCall | undefined): string {
    const warnings = call?.state === 'active' ? call.qualityWarnings : [];
    if (warnings.length) this.#warned = call!.id;
    else if (this.#warned && call?.id === this.#warned && call.state === 'active')
      return this.text('qualityWell');
    return warnings.map((warning) => this.text('qualityWarning', warning)).join(' ');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ozeki-call-quality': OzekiCallQuality;
  }
}
