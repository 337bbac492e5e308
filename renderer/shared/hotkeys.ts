import { useEffect, useRef } from 'react';

/** What a hotkey looks at in a key event. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/**
 * Whether the event is the hotkey, for example `mod+shift+z`, `mod+1` or `/`, on any keyboard. A digit is the key of the digit row or of the
 * number pad, also where it writes `&` without shift (AZERTY); a letter is the key that writes it, or in another script the one in its
 * place; a sign is what is written, whatever has to be held for it.
 */
export function isHotkey(hotkey: string, { key, code, altKey, ctrlKey, metaKey, shiftKey }: Pressed): boolean {
  const parts = hotkey.split('+');
  const wanted = parts.at(-1) ?? '';
  if ((ctrlKey || metaKey) !== parts.includes('mod')) return false;
  // A sign may need Shift or AltGr to be written, and then that says nothing.
  if (!/^[a-z0-9]$/.test(wanted)) return key === wanted;
  if (altKey || shiftKey !== parts.includes('shift')) return false;
  if (/\d/.test(wanted)) return key === wanted || code === `Digit${wanted}` || code === `Numpad${wanted}`;
  const written = key.toLowerCase();
  return written === wanted || (!/^[\u0021-\u024f]$/.test(written) && code === `Key${wanted.toUpperCase()}`);
}

const fields = new Set(['INPUT', 'TEXTAREA', 'SELECT']);

/** Calls back for hotkeys pressed anywhere in the window; `inFields`: also while somebody types in a field. */
export function useHotkeys(hotkeys: readonly (readonly [hotkey: string, call: () => void])[], inFields = false): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { target } = event;
      const typing = target instanceof HTMLElement && (target.isContentEditable || fields.has(target.tagName));
      if (typing && !inFields) return;
      const [, call] = latest.current.find(([hotkey]) => isHotkey(hotkey, event)) ?? [];
      if (call === undefined) return;
      event.preventDefault();
      call();
    };
    document.documentElement.addEventListener('keydown', listen);
    return () => document.documentElement.removeEventListener('keydown', listen);
  }, [inFields]);
}
