import { speakEnglish } from './en.js';
import type { GridTexts } from './grid-texts.js';
import type { English } from './texts.js';

const grid: English<GridTexts> = {
  noSuchSession: 'No session matches.',
};

/** Says so in English. */
export function speakGrid(): void {
  speakEnglish(grid);
}
