/** The numbers at which the phone system itself answers. */
import type { Directory } from '../dial-plan/index.js';
import type { MediaEngine } from '../media/engine.js';
import { serviceOf } from './application.js';
import type { Application, Service } from './application.js';
import { ConferenceRoom } from './conference-room.js';
import type { ConferenceSettings } from './conference-room.js';

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

  /**
   * Other rooms, and other applications beside them, from now on. A room that stays as it is keeps its guests;
   * returns those that are gone.
   */
  setUp(conferences: readonly ConferenceSettings[], others: readonly Service[]): Service[] {
    const before = this.#services;
    const rooms = conferences.map((conference) => {
      const there = before.get(conference.id);
      const same =
        there?.application instanceof ConferenceRoom && there.application.account.name === conference.name;
      return same ? there : serviceOf(new ConferenceRoom(conference, this.engine));
    });
    this.#services = new Map(
      [...rooms, ...others].map((service) => [service.application.account.id, service]),
    );
    return [...before.values()].filter((service) => this.at(service.contact.identity.number) !== service);
  }

  /** The directory for the dial plan: these numbers beside those of people. */
  directory(people: Pick<Directory, 'extension'>): Pick<Directory, 'extension' | 'application'> {
    return {
      extension: (number) => people.extension(number),
      application: (number) => this.at(number)?.application.account,
    };
  }
}
