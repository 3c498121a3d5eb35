/** What the tabs show: each is loaded when it is first opened, or from the start for what it tells. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { Lazy, type LazyModule } from '../common/lazy.js';
import type { Say } from '../text/texts.js';
import type { SettingsView, settingsView } from './settings.js';
import { TABS } from './tabs.js';

/** What a tab needs: its tags are defined with it. */
interface PanelModule extends LazyModule {
  readonly settingsView?: typeof settingsView;
}

/** Defines the tags of each tab. */
export type TabTags = Readonly<Record<string, () => Promise<unknown>>>;

export interface PanelsHost {
  readonly host: ReactiveControllerHost & HTMLElement;
  readonly text: Say;
  readonly language: () => string;
  /** What a tab is called. */
  readonly label: (name: string) => string;
  /** All tabs there are here. */
  readonly names: () => readonly string[];
  readonly tags: () => TabTags;
  readonly settings: () => SettingsView;
}

export class Panels {
  readonly #host: PanelsHost;
  readonly #loaded = new Map<string, Lazy<PanelModule>>();
  readonly #news = new Map<string, number>();

  constructor(host: PanelsHost) {
    this.#host = host;
  }

  /** How much there is to see in the tabs, in words. */
  get allNews(): readonly string[] {
    return [...this.#news.keys()].map((name) => this.newsOf(name)).filter(Boolean);
  }

  /** How much there is to see in a tab, in words; empty for nothing. */
  newsOf(name: string): string {
    const count = this.#news.get(name);
    const words = TABS[name]?.news;
    return count && words ? this.#host.text(words, count) : '';
  }

  /** The same as a number beside a tab, or of all tabs. */
  badge(name?: string): unknown {
    const counts = name ? [this.#news.get(name) ?? 0] : [...this.#news.values()];
    const count = counts.reduce((sum, one) => sum + one, 0);
    return count
      ? html`<span class="badge number" part="badge" aria-hidden="true"
          >${count.toLocaleString(this.#host.language())}</span
        >`
      : nothing;
  }

  /** The panel of a tab; nothing while nobody needs it. */
  panel(name: string, shown: boolean): unknown {
    const { text, label } = this.#host;
    let part = this.#loaded.get(name);
    if (!part && !shown && !TABS[name]?.news) return nothing;
    if (!part) this.#loaded.set(name, (part = this.#load(name)));
    const retry = () => void part.load();
    return html`<div
      class="panel"
      part="panel"
      id="panel-${name}"
      role="tabpanel"
      tabindex="-1"
      aria-label=${label(name)}
      ?hidden=${!shown}
    >
      ${
        part.failed
          ? html`<div class="notice" part="notice" role="alert">
              <div>${text('notLoaded')}</div>
              <button class="button plain" part="button" @click=${retry}>${text('tryNow')}</button>
            </div>`
          : this.#content(name, part.get())
      }
    </div>`;
  }

  #load(name: string): Lazy<PanelModule> {
    const { host, tags } = this.#host;
    return new Lazy<PanelModule>(host, async () => {
      await tags()[name]?.();
      return name === 'settings' ? import('./settings.js') : {};
    });
  }

  #content(name: string, module: PanelModule | null): TemplateResult | typeof nothing {
    const { host, names, settings } = this.#host;
    if (!module) return nothing;
    const tab = TABS[name];
    if (!tab) return html`<slot name=${name} @slotchange=${() => host.requestUpdate()}></slot>`;
    const tell = (count: number) => {
      this.#news.set(name, count);
      host.requestUpdate();
    };
    return tab.view?.(tell, names()) ?? module.settingsView?.(settings()) ?? nothing;
  }
}
