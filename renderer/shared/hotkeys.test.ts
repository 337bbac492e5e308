import { expect, test } from 'vitest';
import { isHotkey, type Pressed } from './hotkeys.ts';

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
const press = (key: string, code: string, held: Partial<Pressed> = {}): Pressed => ({ ...none, key, code, ...held });
const ctrl = { ctrlKey: true };

test.each<[string, string, Pressed]>([
  ['a digit on QWERTY', 'mod+1', press('1', 'Digit1', ctrl)],
  ['a digit on AZERTY', 'mod+1', press('&', 'Digit1', ctrl)],
  ['each of them', 'mod+7', press('è', 'Digit7', ctrl)],
  ['a digit of the number pad', 'mod+1', press('1', 'Numpad1', ctrl)],
  ['with the command key', 'mod+2', press('2', 'Digit2', { metaKey: true })],
  ['a letter on QWERTY', 'mod+z', press('z', 'KeyZ', ctrl)],
  ['a letter where AZERTY has it', 'mod+z', press('z', 'KeyW', ctrl)],
  ['a letter where QWERTZ has it', 'mod+y', press('y', 'KeyZ', ctrl)],
  ['a letter with Shift', 'mod+shift+z', press('Z', 'KeyZ', { ...ctrl, shiftKey: true })],
  ['a letter on a Russian keyboard', 'mod+k', press('л', 'KeyK', ctrl)],
  ['a sign', '/', press('/', 'Slash')],
  ['a sign that AZERTY writes with Shift', '/', press('/', 'Period', { shiftKey: true })],
  ['a sign that QWERTZ writes with Shift', '/', press('/', 'Digit7', { shiftKey: true })],
  ['a question mark', '?', press('?', 'Slash', { shiftKey: true })],
  ['a question mark on AZERTY', '?', press('?', 'KeyM', { shiftKey: true })],
])('%s is %s', (_what, hotkey, event) => {
  expect(isHotkey(hotkey, event)).toBe(true);
});

test.each<[string, string, Pressed]>([
  ['a digit without Ctrl', 'mod+1', press('1', 'Digit1')],
  ['a digit with Alt', 'mod+1', press('1', 'Digit1', { ...ctrl, altKey: true })],
  ['the W of AZERTY, which lies where Z lies', 'mod+z', press('w', 'KeyZ', ctrl)],
  ['redo for undo', 'mod+z', press('Z', 'KeyZ', { ...ctrl, shiftKey: true })],
  ['what AZERTY writes on the key of the slash', '/', press('!', 'Slash')],
  ['a sign with Ctrl', '/', press('/', 'Slash', ctrl)],
])('%s is not %s', (_what, hotkey, event) => {
  expect(isHotkey(hotkey, event)).toBe(false);
});
