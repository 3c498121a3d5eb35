/** What `<ozeki-webphone>` says beside its tags. In English each is said by its name. */
export interface WebphoneTexts {
  phone: string;
  openPhone: string;
  closePhone: string;
  backToCall: string;
  history: string;
  settings: string;
  language: string;
  signOut: string;
  newVoiceMessages: string;
}
