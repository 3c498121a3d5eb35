/** What `<ozeki-session-list>` says once it is a grid. */
export interface GridTexts {
  findSessions: string;
  sortBy: string;
  noSuchSession: string;
}
