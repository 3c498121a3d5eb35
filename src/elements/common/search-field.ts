import { html, type TemplateResult } from 'lit';

/** The search field of a list. */
export interface SearchField {
  /** What it is called. */
  readonly label: string;
  readonly placeholder: string;
  typed(text: string): void;
  /** The arrow down: to the first of those who were found. */
  down?(): void;
}

/** Escape empties the field, as browsers do that give it a button for that. */
export function searchField({ label, placeholder, typed, down }: SearchField): TemplateResult {
  const keydown = (event: KeyboardEvent) => {
    const field = event.target as HTMLInputElement;
    if (event.key === 'Escape' && field.value) {
      event.preventDefault();
      event.stopPropagation();
      field.value = '';
      typed('');
    } else if (event.key === 'ArrowDown' && down) {
      event.preventDefault();
      down();
    }
  };
  return html`<input
    class="search"
    part="search"
    type="search"
    dir="auto"
    autocomplete="off"
    spellcheck="false"
    maxlength="128"
    aria-label=${label}
    placeholder=${placeholder}
    @input=${(event: Event) => typed((event.target as HTMLInputElement).value)}
    @keydown=${keydown}
  />`;
}
