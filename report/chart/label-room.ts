/** A letter of a label, on the wide side, in the chart's units. */
const letter = 7.1;

/** Room at the left of a chart for the longest of these labels and so much beside it, at least `least`, in the chart's units. Pure. */
export function labelRoom(labels: readonly string[], { least, beside }: { least: number; beside: number }): number {
  return Math.max(least, beside + letter * Math.max(0, ...labels.map(({ length }) => length)));
}
