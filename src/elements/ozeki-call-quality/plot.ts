import { svg, type SVGTemplateResult } from 'lit';

/** One thing measured at a time; `value` is null where it is not known. */
export interface Point {
  readonly at: number;
  readonly value: number | null;
}

export interface PlotScale {
  /** The lowest and the highest value there is room for; higher ones touch the edge. */
  readonly from: number;
  readonly to: number;
  /** Where it begins to be bad: drawn as a line. */
  readonly limit: number;
}

const WIDTH = 200;
const HEIGHT = 40;
/** Points that are further apart, in milliseconds, have a gap between them: the call was on hold. */
const GAP = 7000;
/** The shortest time across, in milliseconds, so that a new call's line does not jump about. */
const SHORTEST = 60_000;

/**
 * A line of points over time, the latest at the end, on a grid of 200 by 40 that is stretched to its place. Drawn
 * by hand: a chart library would weigh ten times the tag.
 */
export function plot(points: readonly Point[], scale: PlotScale): SVGTemplateResult {
  const last = points.at(-1)?.at ?? 0;
  const span = Math.max(SHORTEST, last - (points[0]?.at ?? 0));
  const x = (at: number) => round(WIDTH - ((last - at) / span) * WIDTH);
  const share = (value: number) => Math.min(1, Math.max(0, (value - scale.from) / (scale.to - scale.from)));
  const y = (value: number) => round(HEIGHT - 2 - share(value) * (HEIGHT - 4));
  let line = '';
  let before = -Infinity;
  for (const { at, value } of points) {
    if (value === null) continue;
    // A point without neighbours is a dot: a line of no length with round ends.
    line += at - before > GAP ? `M${x(at)} ${y(value)}h0` : `L${x(at)} ${y(value)}`;
    before = at;
  }
  return svg`<path class="limit" d="M0 ${y(scale.limit)}H${WIDTH}"></path><path class="line" d=${line}></path>`;
}

/** The grid of {@link plot}. */
export const PLOT_BOX = `0 0 ${WIDTH} ${HEIGHT}`;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
