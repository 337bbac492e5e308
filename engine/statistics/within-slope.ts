import { studentTQuantile } from './student-t.ts';
import { mean } from './summary.ts';

export interface Point {
  x: number;
  y: number;
}

/** How y changes with x within groups. */
export interface WithinSlope {
  /** Change of y when x grows by 1. */
  slope: number;
  /** Its 95 % interval. */
  interval: { low: number; high: number };
  points: number;
}

const fewestLeft = 8;

/**
 * Slope of y on x within groups, by least squares with a level of its own for each group (Cochran 1957, analysis of covariance): what differs between the groups is
 * not in it. Null where x never changes within a group, or where fewer than 8 degrees of freedom are left to know its error by.
 */
export function withinSlope(groups: readonly (readonly Point[])[]): WithinSlope | null {
  const used = groups.filter((group) => group.length > 1);
  const moved = used.flatMap((group) => {
    const [x, y] = [mean(group.map((one) => one.x)), mean(group.map((one) => one.y))];
    return group.map((one) => ({ x: one.x - x, y: one.y - y }));
  });
  const left = moved.length - used.length - 1;
  const squares = moved.reduce((sum, { x }) => sum + x * x, 0);
  if (left < fewestLeft || squares === 0) return null;
  const slope = moved.reduce((sum, { x, y }) => sum + x * y, 0) / squares;
  const unexplained = moved.reduce((sum, { x, y }) => sum + (y - slope * x) ** 2, 0);
  const half = studentTQuantile(0.975, left) * Math.sqrt(unexplained / left / squares);
  return { slope, interval: { low: slope - half, high: slope + half }, points: moved.length };
}
