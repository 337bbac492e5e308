import { useEffect, useRef } from 'react';

/** What a hotkey looks at in a key event. */
export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing' | 'keyCode' | 'getModifierState'
>;

/** Whether the key goes into something that is still being composed (an input method, a dead key), whose Enter and Escape are not ours. */
export function isComposing({ key, isComposing, keyCode }: Pick<Pressed, 'key' | 'isComposing' | 'keyCode'>): boolean {
  // Some input methods tell only by the number 229 (UI Events, section 7.3.1).
  return isComposing || keyCode === 229 || key === 'Process';
}

/**
 * Whether the event is the hotkey, for example `mod+shift+z`, `mod+1` or `/`, on any keyboard. A digit is the one that is written, else the key of
 * the digit row, also where it writes `&` without shift (AZERTY); a letter is the key that writes it, or in another script the one in its place; a
 * sign is what is written, also with Shift or AltGr.
 */
export function isHotkey(hotkey: string, event: Pressed): boolean {
  if (isComposing(event)) return false;
  const { code, altKey, ctrlKey, metaKey, shiftKey } = event;
  const key = halfWidth(event.key);
  const parts = hotkey.split('+');
  const wanted = parts.at(-1) ?? '';
  // Windows tells AltGr as Ctrl with Alt as well.
  const altGr = event.getModifierState('AltGraph');
  if (!/^[a-z0-9]$/.test(wanted)) return key === wanted && (altGr || !(altKey || ctrlKey || metaKey));
  if (altKey || altGr || (ctrlKey && metaKey)) return false;
  if ((ctrlKey || metaKey) !== parts.includes('mod') || shiftKey !== parts.includes('shift')) return false;
  return (/\d/.test(wanted) ? digitOf(key, code) : letterOf(key, code)) === wanted;
}

/** The pad without NumLock writes no digit, and its keys are those of moving. */
function digitOf(key: string, code: string): string | undefined {
  if (/^[0-9]$/.test(key)) return key;
  return /^[a-z]$/i.test(key) ? undefined : /^Digit([0-9])$/.exec(code)?.[1];
}

function letterOf(key: string, code: string): string | undefined {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const ofAnotherScript = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  return ofAnotherScript ? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() : undefined;
}

/** Input methods write signs and letters of full width, too. */
function halfWidth(key: string): string {
  return /^[\uff01-\uff5e]$/.test(key) ? String.fromCharCode(key.charCodeAt(0) - 0xfee0) : key;
}

/** What takes text is asked about an element. */
export type Field = Pick<HTMLElement, 'tagName' | 'isContentEditable'> & { type?: string; role?: string | null };

const withoutText = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);
const textRoles = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton']);

/** Whether keys pressed in the element write something there, or choose by its first letters. */
export function takesText({ tagName, type = 'text', role, isContentEditable }: Field): boolean {
  if (isContentEditable || textRoles.has(role ?? '')) return true;
  const name = tagName.toUpperCase();
  return name === 'INPUT' ? !withoutText.has(type.toLowerCase()) : name === 'TEXTAREA' || name === 'SELECT';
}

/** A hotkey and what it does; `held`: again and again while the key is held down. */
export type Hotkey = readonly [hotkey: string, call: () => void, held?: 'held'];

/** The hotkey of an event, or undefined where there is none: in a field only with `inFields`, and nothing that somebody else took already. */
export function hotkeyOf(
  hotkeys: readonly Hotkey[],
  event: Pressed & Pick<KeyboardEvent, 'defaultPrevented'>,
  { field, inFields }: { field: Field | null; inFields: boolean },
): Hotkey | undefined {
  if (event.defaultPrevented || (field !== null && takesText(field) && !inFields)) return undefined;
  return hotkeys.find(([hotkey]) => isHotkey(hotkey, event));
}

/** Calls back for hotkeys pressed anywhere in the window; `inFields`: also while somebody types in a field. */
export function useHotkeys(hotkeys: readonly Hotkey[], inFields = false): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const [target] = event.composedPath();
      const field = target instanceof HTMLElement ? target : null;
      const found = hotkeyOf(latest.current, event, { field, inFields });
      if (found === undefined) return;
      // Also of a key that is held down, or the browser would do what it does on it.
      event.preventDefault();
      const [, call, held] = found;
      if (!event.repeat || held === 'held') call();
    };
    document.documentElement.addEventListener('keydown', listen);
    return () => document.documentElement.removeEventListener('keydown', listen);
  }, [inFields]);
}
