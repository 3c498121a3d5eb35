/** What `<ozeki-operator-panel>` says. */
export interface OperatorTexts {
  operatorPanel: string;
  waiting: string;
  nobodyWaits: string;
  calls: string;
  noCalls: string;
  ownCallsOnly: string;
  findCalls: string;
  nothingFound: string;
  moreCalls: (count: number) => string;
  waitsFor: (caller: string, callee: string) => string;
  /** Takes up a party, to be dropped on an extension. */
  moveParty: (who: string) => string;
  dropHere: string;
  choosePlace: (who: string) => string;
  /** The same, for the keyboard: it is read aloud. */
  choosePlaceKeys: (who: string) => string;
  moving: (who: string, to: string) => string;
  moved: (who: string, to: string) => string;
  notMoved: string;
  listenTo: (who: string) => string;
}
