/** A window that nobody sees paints nothing: then the wait ends by itself, ms. */
const unseenMs = 1000;

/**
 * Calls `work` once the window has drawn its first content, so that what takes the processors comes after what is looked at; at once, but not yet here, where it has
 * drawn already. Returns a function that calls it off.
 */
export function afterPaint(work: () => void): () => void {
  let ended = false;
  const end = (): void => {
    ended = true;
    observer.disconnect();
    clearTimeout(timer);
  };
  const once = (): void => {
    if (ended) return;
    end();
    work();
  };
  const observer = new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length === 0) return;
    observer.disconnect();
    // Whoever sees it may use it first: two frames later it has answered.
    requestAnimationFrame(() => requestAnimationFrame(once));
  });
  const timer = setTimeout(once, unseenMs);
  observer.observe({ type: 'paint', buffered: true });
  return end;
}
