/** What the tags with lists of people and calls say alike. */
export interface ListTexts {
  search: string;
  loading: string;
  tryAgain: string;
}
