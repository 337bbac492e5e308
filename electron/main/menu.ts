import path from 'node:path';
import { app, Menu, type BaseWindow, type MenuItemConstructorOptions } from 'electron';
import { pages, railPages, type BridgeEvents, type RailPage } from '../../engine/model/index.ts';

type Command = BridgeEvents['menu:command']['command'];

/** What menu entries do besides sending a command to the page. */
export interface MenuActions {
  command(command: Command, argument?: string): void;
  openLogs(): void;
  openDocumentation(): void;
  openFiles(): void;
  openRecent(file: string): void;
  clearRecent(): void;
  /** Newest first. */
  recent: readonly string[];
}

/** Sets the program's menu; every page and frequent deed has a shortcut here. */
export function setMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions)));
}

function menuTemplate(actions: MenuActions): MenuItemConstructorOptions[] {
  const entry = (label: string, command: Command, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    accelerator,
    click: () => actions.command(command),
  });
  const goTo = (page: RailPage, label: string = pages[page].title): MenuItemConstructorOptions => ({
    id: page,
    label,
    accelerator: `CmdOrCtrl+${pages[page].key}`,
    click: () => actions.command('go', page),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = process.platform === 'darwin';
  const settings = goTo('settings', 'Settings…');

  return [
    ...(isMac
      ? [
          {
            label: app.name,
            submenu: [
              { role: 'about' },
              separator,
              settings,
              separator,
              { role: 'hide' },
              { role: 'hideOthers' },
              { role: 'unhide' },
              separator,
              { role: 'quit' },
            ],
          } satisfies MenuItemConstructorOptions,
        ]
      : []),
    {
      label: '&Experiment',
      submenu: [
        { id: 'open', label: 'Open…', accelerator: 'CmdOrCtrl+O', click: () => actions.openFiles() },
        {
          id: 'open-recent',
          label: 'Open Recent',
          enabled: actions.recent.length > 0,
          submenu: [
            ...actions.recent.map((file): MenuItemConstructorOptions => ({
              label: path.basename(file).replaceAll('&', '&&'),
              toolTip: file,
              click: () => actions.openRecent(file),
            })),
            separator,
            { label: 'Forget Them', click: () => actions.clearRecent() },
          ],
        },
        separator,
        entry('Run the Smoke Scenario', 'launch-smoke', 'CmdOrCtrl+Shift+R'),
        entry('Cancel the Run', 'cancel-run', 'CmdOrCtrl+.'),
        ...(isMac ? [] : [separator, settings, separator, { role: 'quit' } satisfies MenuItemConstructorOptions]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&Go',
      submenu: [
        ...railPages.filter((page) => page !== 'settings').map((page) => goTo(page)),
        separator,
        entry('Command Palette…', 'palette', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [separator, { role: 'toggleDevTools' } satisfies MenuItemConstructorOptions]),
      ],
    },
    {
      label: '&Window',
      role: 'window',
      submenu: [{ role: 'minimize' }, { role: 'close' }],
    },
    {
      label: '&Help',
      role: 'help',
      submenu: [
        entry('Keyboard Shortcuts', 'shortcuts', 'CmdOrCtrl+/'),
        { label: 'Documentation', click: () => actions.openDocumentation() },
        { label: 'Open the Log Folder', click: () => actions.openLogs() },
      ],
    },
  ];
}

/** Marks whether the menu's cancel entry can do anything. */
export function enableCancel(enabled: boolean, window: BaseWindow | null): void {
  const item = (window === null ? null : Menu.getApplicationMenu())?.getMenuItemById('cancel-run');
  if (item !== null && item !== undefined) item.enabled = enabled;
}
