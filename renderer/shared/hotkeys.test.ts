import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hotkeyOf, isComposing, isHotkey, takesText, type Field, type Hotkey, type Pressed } from './hotkeys.ts';

interface Held {
  alt?: boolean;
  altGr?: boolean;
  ctrl?: boolean;
  meta?: boolean;
  shift?: boolean;
  composing?: boolean;
  keyCode?: number;
}

function press(key: string, code: string, held: Held = {}): Pressed {
  const {
    alt = false,
    altGr = false,
    ctrl = false,
    meta = false,
    shift = false,
    composing = false,
    keyCode = 0,
  } = held;
  return {
    ...{ key, code, altKey: alt, ctrlKey: ctrl, metaKey: meta, shiftKey: shift, isComposing: composing, keyCode },
    getModifierState: (name) => name === 'AltGraph' && altGr,
  };
}
const ctrl = { ctrl: true };

test.each<[string, string, Pressed]>([
  ['a digit on QWERTY', 'mod+1', press('1', 'Digit1', ctrl)],
  ['a digit on AZERTY', 'mod+1', press('&', 'Digit1', ctrl)],
  ['each of them', 'mod+7', press('è', 'Digit7', ctrl)],
  ['a digit on a Czech keyboard', 'mod+2', press('ě', 'Digit2', ctrl)],
  ['a digit of the number pad', 'mod+1', press('1', 'Numpad1', ctrl)],
  ['an Arabic digit', 'mod+3', press('٣', 'Digit3', ctrl)],
  ['a digit of full width', 'mod+1', press('１', 'Digit1', ctrl)],
  ['a digit where a dead key lies', 'mod+6', press('Dead', 'Digit6', ctrl)],
  ['with the command key', 'mod+2', press('2', 'Digit2', { meta: true })],
  ['a letter on QWERTY', 'mod+z', press('z', 'KeyZ', ctrl)],
  ['a letter where AZERTY has it', 'mod+z', press('z', 'KeyW', ctrl)],
  ['a letter where QWERTZ has it', 'mod+y', press('y', 'KeyZ', ctrl)],
  ['a letter where Dvorak has it', 'mod+k', press('k', 'KeyV', ctrl)],
  ['a letter where Dvorak has no letter on QWERTY', 'mod+z', press('z', 'Slash', ctrl)],
  ['a letter with Shift', 'mod+shift+z', press('Z', 'KeyZ', { ...ctrl, shift: true })],
  ['a letter with caps lock', 'mod+z', press('Z', 'KeyZ', ctrl)],
  ['a letter on a Russian keyboard', 'mod+k', press('л', 'KeyK', ctrl)],
  ['a letter on a Russian keyboard with Shift', 'mod+shift+z', press('Я', 'KeyZ', { ...ctrl, shift: true })],
  ['a letter on a Greek keyboard', 'mod+z', press('ζ', 'KeyZ', ctrl)],
  ['a letter on a Hebrew keyboard', 'mod+p', press('פ', 'KeyP', ctrl)],
  ['a letter on a Korean keyboard', 'mod+k', press('ㅏ', 'KeyK', ctrl)],
  ['a letter of full width', 'mod+k', press('ｋ', 'KeyK', ctrl)],
  ['a sign', '/', press('/', 'Slash')],
  ['a sign on the number pad', '/', press('/', 'NumpadDivide')],
  ['a sign that AZERTY writes with Shift', '/', press('/', 'Period', { shift: true })],
  ['a sign that QWERTZ writes with Shift', '/', press('/', 'Digit7', { shift: true })],
  ['a sign that is written with AltGr', '/', press('/', 'KeyQ', { altGr: true })],
  ['a sign that is written with AltGr on Windows', '/', press('/', 'KeyQ', { altGr: true, ctrl: true, alt: true })],
  ['a sign of full width', '/', press('／', 'Slash')],
  ['a question mark', '?', press('?', 'Slash', { shift: true })],
  ['a question mark on AZERTY', '?', press('?', 'KeyM', { shift: true })],
])('%s is %s', (_what, hotkey, event) => {
  expect(isHotkey(hotkey, event)).toBe(true);
});

/** What the keys of the number pad are without NumLock. */
const pad = ['Insert', 'End', 'ArrowDown', 'PageDown', 'ArrowLeft', 'Clear', 'ArrowRight', 'Home', 'ArrowUp', 'PageUp'];

test.each<[string, string, Pressed]>([
  ...pad.map((key, digit): [string, string, Pressed] => [
    `${key} of the number pad without NumLock`,
    `mod+${digit}`,
    press(key, `Numpad${digit}`, ctrl),
  ]),
  ['a digit without Ctrl', 'mod+1', press('1', 'Digit1')],
  ['a digit with Alt', 'mod+1', press('1', 'Digit1', { ...ctrl, alt: true })],
  ['a digit with AltGr', 'mod+1', press('¹', 'Digit1', { ...ctrl, altGr: true })],
  ['the place of a digit where another is written', 'mod+2', press('7', 'Digit2', ctrl)],
  ['the square of AZERTY', 'mod+2', press('²', 'Backquote', ctrl)],
  ['both Ctrl and the command key', 'mod+1', press('1', 'Digit1', { ...ctrl, meta: true })],
  ['the W of AZERTY, which lies where Z lies', 'mod+z', press('w', 'KeyZ', ctrl)],
  ['the T of Dvorak, which lies where K lies', 'mod+k', press('t', 'KeyK', ctrl)],
  ['a Latin letter with an accent', 'mod+z', press('ž', 'KeyZ', ctrl)],
  ['a Vietnamese letter', 'mod+k', press('ạ', 'KeyK', ctrl)],
  ['what a Polish AltGr writes', 'mod+z', press('ż', 'KeyZ', { ...ctrl, altGr: true })],
  ['what a Polish AltGr writes on Windows', 'mod+z', press('ż', 'KeyZ', { ...ctrl, alt: true, altGr: true })],
  ['redo for undo', 'mod+z', press('Z', 'KeyZ', { ...ctrl, shift: true })],
  ['a dead key', 'mod+k', press('Dead', 'KeyK', ctrl)],
  ['a dead key where a sign lies', '/', press('Dead', 'Slash')],
  ['what AZERTY writes on the key of the slash', '/', press('!', 'Slash')],
  ['a sign with Ctrl', '/', press('/', 'Slash', ctrl)],
  ['a sign with Alt, which opens a menu', '/', press('/', 'Slash', { alt: true })],
  ['a sign with the command key', '?', press('?', 'Slash', { meta: true, shift: true })],
  ['a key of no name', 'mod+k', press('Unidentified', '', ctrl)],
])('%s is not %s', (_what, hotkey, event) => {
  expect(isHotkey(hotkey, event)).toBe(false);
});

const hotkeys = ['mod+1', 'mod+9', 'mod+k', 'mod+p', 'mod+z', 'mod+shift+z', 'mod+y', '/', '?'];
const keys = fc.oneof(
  fc.constantFrom('1', '9', '&', 'k', 'z', 'Z', 'y', '/', '?', 'л', 'я', 'Dead', 'Process', 'Home', 'Enter', '²'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);
const codes = fc.constantFrom('Digit1', 'Digit9', 'Numpad1', 'Numpad9', 'KeyK', 'KeyZ', 'KeyY', 'Slash', 'KeyM', '');
const held = fc.record({
  ...{ alt: fc.boolean(), altGr: fc.boolean(), ctrl: fc.boolean(), meta: fc.boolean(), shift: fc.boolean() },
});

test('no key press is two hotkeys, whatever the keyboard', () => {
  fc.assert(
    fc.property(keys, codes, held, (key, code, modifiers) => {
      expect(hotkeys.filter((hotkey) => isHotkey(hotkey, press(key, code, modifiers))).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 3000 },
  );
});

test('while something is composed no key press is any', () => {
  const ways: Held[] = [{ composing: true }, { keyCode: 229 }];
  fc.assert(
    fc.property(keys, codes, held, fc.constantFrom(...ways), (key, code, modifiers, way) => {
      const event = press(key, code, { ...modifiers, ...way });
      expect(isComposing(event)).toBe(true);
      expect(hotkeys.filter((hotkey) => isHotkey(hotkey, event))).toEqual([]);
    }),
  );
  expect(isComposing(press('Process', 'KeyK', ctrl))).toBe(true);
  expect(isComposing(press('Enter', 'Enter'))).toBe(false);
});

describe('where it is pressed', () => {
  const element = (tagName: string, more: Partial<Field> = {}): Field => ({
    tagName,
    isContentEditable: false,
    ...more,
  });
  const texts = [
    element('INPUT'),
    ...['text', 'search', 'email', 'number', 'password', 'url', 'tel', 'date', 'TEXT'].map((type) =>
      element('INPUT', { type }),
    ),
    ...[element('TEXTAREA'), element('SELECT'), element('DIV', { isContentEditable: true })],
    ...['textbox', 'searchbox', 'combobox', 'spinbutton'].map((role) => element('DIV', { role })),
  ];
  const others = [
    ...[
      element('BODY'),
      element('BUTTON'),
      element('A'),
      element('DIV', { role: 'button' }),
      element('LI', { role: null }),
    ],
    ...['checkbox', 'radio', 'range', 'button', 'submit'].map((type) => element('INPUT', { type })),
  ];
  const all: Hotkey[] = [['?', () => undefined]];
  const asked = { ...press('?', 'Slash', { shift: true }), defaultPrevented: false };

  test.each(texts)('%o takes text, and a hotkey only if it is meant for fields', (field) => {
    expect(takesText(field)).toBe(true);
    expect(hotkeyOf(all, asked, { field, inFields: false })).toBeUndefined();
    expect(hotkeyOf(all, asked, { field, inFields: true })).toBe(all[0]);
  });

  test.each(others)('%o takes none', (field) => {
    expect(takesText(field)).toBe(false);
    expect(hotkeyOf(all, asked, { field, inFields: false })).toBe(all[0]);
  });

  test('what somebody else took already is none', () => {
    expect(hotkeyOf(all, asked, { field: null, inFields: false })).toBe(all[0]);
    expect(hotkeyOf(all, { ...asked, defaultPrevented: true }, { field: null, inFields: true })).toBeUndefined();
  });
});
