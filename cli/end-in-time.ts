/** How long what is still open may take to end by itself once all is said and removed, ms. */
const patienceMs = 5000;

/** Ends the program where something that nobody needs any more keeps it alive, and says what that is; what is still being written is waited for. */
export function endInTime(afterMs = patienceMs): void {
  setTimeout(() => {
    if (process.stdout.writableLength > 0 || process.stderr.writableLength > 0) {
      endInTime(afterMs);
      return;
    }
    const open = [...new Set(process.getActiveResourcesInfo())].toSorted().join(', ');
    process.stderr.write(`Everything is done; ended without waiting for what is still open: ${open}.\n`, () =>
      process.exit(),
    );
  }, afterMs).unref();
}
