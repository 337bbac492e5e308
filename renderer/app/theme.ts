import {
  createTheme,
  type ActionIconProps,
  type BadgeProps,
  type ButtonProps,
  type CloseButtonProps,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
  type MultiSelectProps,
  type NumberInputProps,
  type PortalProps,
  type SelectProps,
  type TableProps,
  type TagsInputProps,
  type TextareaProps,
  type TextInputProps,
  type TooltipProps,
} from '@mantine/core';
import type { SpotlightActionsListProps } from '@mantine/spotlight';
import type { AriaAttributes } from 'react';

const iris: MantineColorsTuple = [
  '#f1f1fe',
  '#e4e4fb',
  '#c9c9f5',
  '#a9a8ec',
  '#8a89e2',
  '#7271d9',
  '#5b5bd6',
  '#4b4bc0',
  '#4040a6',
  '#34348a',
];
const ink: MantineColorsTuple = [
  '#e7e9ec',
  '#b3b8bf',
  '#8f959d',
  '#636a73',
  '#3a3f46',
  '#2c3036',
  '#212429',
  '#17191d',
  '#111316',
  '#0b0c0e',
];

const sans = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const mono = "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

const red: MantineColorsTuple = [
  '#fdebea',
  '#f9d3d2',
  '#f0a9a8',
  '#e67f7e',
  '#d9595a',
  '#cb3c40',
  '#bb2a2f',
  '#a52328',
  '#8c1d21',
  '#71171a',
];

/** Where what opens over the page is put. */
export const overlays = 'overlays';
/** A choice scrolls as a whole, as its own list; so it can be scrolled with the keyboard. */
const scrollingChoice = { withScrollArea: false };
const scrollingOptions = { options: { maxHeight: 320, overflowY: 'auto' } } as const;

/** The one theme; light and dark both come from it. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 6 },
  colors: { iris, red, dark: ink },
  autoContrast: true,
  fontFamily: sans,
  fontFamilyMonospace: mono,
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  headings: {
    fontFamily: sans,
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
      h4: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  components: {
    Button: usually<ButtonProps>({ size: 'sm' }),
    ActionIcon: usually<ActionIconProps>({ variant: 'subtle', color: 'gray', size: 'md' }),
    // Every cross says what it does, also those inside of dialogs and fields.
    CloseButton: usually<CloseButtonProps & AriaAttributes>({ 'aria-label': 'Close' }),
    Badge: {
      ...usually<BadgeProps>({ variant: 'light', radius: 'sm' }),
      styles: { root: { textTransform: 'none', fontWeight: 550 } },
    },
    TextInput: usually<TextInputProps>({ size: 'sm' }),
    Textarea: usually<TextareaProps>({ size: 'sm' }),
    NumberInput: usually<NumberInputProps>({ size: 'sm' }),
    Select: {
      ...usually<SelectProps>({ size: 'sm', allowDeselect: false, checkIconPosition: 'right', ...scrollingChoice }),
      styles: scrollingOptions,
    },
    MultiSelect: { ...usually<MultiSelectProps>(scrollingChoice), styles: scrollingOptions },
    TagsInput: { ...usually<TagsInputProps>({ size: 'sm', ...scrollingChoice }), styles: scrollingOptions },
    // Its first entry is reached with the arrows; a stand-in for it would be no entry of a menu.
    Menu: usually<MenuProps>({ withInitialFocusPlaceholder: false }),
    Portal: usually<PortalProps>({ target: `#${overlays}` }),
    Table: usually<TableProps>({ verticalSpacing: 'xs', horizontalSpacing: 'md' }),
    Tooltip: usually<TooltipProps>({
      openDelay: 350,
      withArrow: true,
      multiline: true,
      maw: 320,
      events: { hover: true, focus: true, touch: false },
    }),
    // The palette's list scrolls, also with the keyboard.
    SpotlightActionsList: usually<SpotlightActionsListProps>({
      viewportProps: { role: 'group', 'aria-label': 'What can be done', tabIndex: 0 },
    }),
    Modal: usually<ModalProps>({ centered: true, radius: 'lg' }),
  },
});

/** A component's usual properties. Only its types are named: the component itself belongs to the pages that use it, not to the first one. */
function usually<P>(defaultProps: Partial<P>): { defaultProps: Partial<P> } {
  return { defaultProps };
}
