/** The numbers at which the phone system itself answers. */
import type { Directory } from '../dial-plan/index.js';
import type { MediaEngine } from '../media/engine.js';
import type { Contact } from '../registrar/index.js';
import { applicationContact } from './application.js';
import type { Application } from './application.js';
import { ConferenceRoom } from './conference-room.js';
import type { ConferenceSettings } from './conference-room.js';

/** An application and itself as a party. */
export interface Service {
  readonly application: Application;
  readonly contact: Contact;
}

export class Applications {
  #services = new Map<string, Service>();

  constructor(private readonly engine: MediaEngine) {}

  /** What answers at a number. */
  at(number: string): Service | undefined {
    return this.#services.get(number);
  }

  /** The accounts phones are shown. */
  accounts(): Application['account'][] {
    return [...this.#services.values()].map(({ application }) => application.account);
  }

  /** Other rooms from now on. One that stays as it is keeps its guests; returns those that are gone. */
  setUp(conferences: readonly ConferenceSettings[]): Service[] {
    const before = this.#services;
    this.#services = new Map(
      conferences.map((conference) => {
        const there = before.get(conference.id);
        if (there?.application.account.name === conference.name) return [conference.id, there];
        const application = new ConferenceRoom(conference, this.engine);
        return [conference.id, { application, contact: applicationContact(application) }];
      }),
    );
    return [...before.values()].filter((service) => this.at(service.contact.identity.number) !== service);
  }

  /** The directory for the dial plan: these numbers beside those of people. */
  directory(people: Pick<Directory, 'extension'>): Directory {
    return {
      extension: (number) => people.extension(number),
      application: (number) => this.at(number)?.application.account,
    };
  }
}
