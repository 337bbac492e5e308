/** An element that had the focus, and its place: each parent up to the page with the number of its child. */
interface Focused {
  element: HTMLElement;
  places: readonly { parent: Element; index: number }[];
}

const remembered = 12;
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex]:not([tabindex="-1"])';

/**
 * Keeps the focus on the page when what has it goes (a deleted row, a menu's entry, a closed dialog): it goes to what had it before and is still
 * there, else to what took the place of the one that went, else to the page. What loses it by being disabled, as a button does while it works, gets it back once it is enabled.
 * Who leaves by a click into nothing is let go. Returns the unsubscribe.
 */
export function followFocus(): () => void {
  let past: Focused[] = [];
  const disabled = new WeakSet<HTMLElement>();
  const remember = ({ target }: FocusEvent): void => {
    if (target instanceof HTMLElement)
      past = [...past.filter(({ element }) => element !== target), placed(target)].slice(-remembered);
  };
  const letGo = (): void => {
    const last = past.at(-1)?.element;
    if (document.activeElement !== document.body || last?.isConnected !== true) return;
    if (last.matches(':disabled')) disabled.add(last);
    else past = [];
  };
  const blurred = (): void => void requestAnimationFrame(letGo);
  const restore = (): void => {
    const last = past.at(-1)?.element;
    if (last === undefined || document.activeElement !== document.body) return;
    if (last.isConnected && last.matches(':disabled')) disabled.add(last);
    if (last.isConnected && (last.matches(':disabled') || !disabled.delete(last))) return;
    (successor(past) ?? document.querySelector<HTMLElement>('main'))?.focus();
  };
  // What goes on to take the focus by itself, a page or a dialog, does so before the next frame.
  const watch = new MutationObserver(() => void requestAnimationFrame(restore));
  document.addEventListener('focusin', remember);
  document.addEventListener('focusout', blurred);
  watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    document.removeEventListener('focusin', remember);
    document.removeEventListener('focusout', blurred);
    watch.disconnect();
  };
}

function placed(element: HTMLElement): Focused {
  const places: { parent: Element; index: number }[] = [];
  for (let at: Element = element; at.parentElement !== null && at.tagName !== 'MAIN'; at = at.parentElement)
    places.push({ parent: at.parentElement, index: [...at.parentElement.children].indexOf(at) });
  return { element, places };
}

/** The newest that is still there, or what stands where it stood; what stood over the page leaves no place. */
function successor(past: readonly Focused[]): HTMLElement | undefined {
  for (const { element, places } of past.toReversed()) {
    if (element.isConnected) {
      if (element.checkVisibility() && element !== document.body) return element;
      continue;
    }
    const place = places.find(({ parent }) => parent.isConnected);
    if (place === undefined || place.parent.closest('main') === null) continue;
    const there = place.parent.children[Math.min(place.index, place.parent.children.length - 1)];
    const near = [there, place.parent].flatMap((one) => [...(one?.querySelectorAll<HTMLElement>(focusable) ?? [])]);
    const first = near.find((one) => one.checkVisibility());
    if (first !== undefined) return first;
  }
  return undefined;
}
