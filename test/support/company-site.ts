/** The web site of a company: it is told what happens with calls and messages, and answers in OzML. */
import { WebSite } from './web-site.js';
import type { Posted } from './web-site.js';

/** A notification as it came over the wire. */
export interface Told extends Posted {
  readonly fields: Readonly<Record<string, string>>;
}

type Answer = string | ((told: Told) => string | undefined);

export class CompanySite {
  readonly told: Told[] = [];
  /** The commands to answer with, by path or by the name of the notification. */
  readonly answers = new Map<string, Answer>();
  #waiting: (() => void)[] = [];

  private constructor(private readonly site: WebSite) {
    site.answer = (posted, response) => {
      const told = { ...posted, fields: Object.fromEntries(new URLSearchParams(posted.body)) };
      this.told.push(told);
      const answer = this.answers.get(told.path) ?? this.answers.get(told.fields.NotificationName ?? '');
      const commands = typeof answer === 'function' ? answer(told) : answer;
      response.setHeader('content-type', 'application/xml; charset=utf-8');
      response.end(commands === undefined ? '' : `<Response>${commands}</Response>`);
      for (const look of this.#waiting.splice(0)) look();
    };
  }

  static async start(): Promise<CompanySite> {
    return new CompanySite(await WebSite.start());
  }

  get url(): string {
    return this.site.url;
  }

  /** The first notification of that name that fits, as soon as it is here. */
  async tells(name: string, fits: (told: Told) => boolean = () => true): Promise<Told> {
    for (;;) {
      const found = this.told.find((told) => told.fields.NotificationName === name && fits(told));
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Forgets what it was told, and what to answer. */
  forget(): void {
    this.told.length = 0;
    this.answers.clear();
  }

  close(): Promise<void> {
    return this.site.close();
  }
}
