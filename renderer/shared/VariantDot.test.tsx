import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { variantMarkers, VariantTag } from '../../report/index.ts';
import { VariantDot } from './VariantDot.tsx';

const pathIn = (markup: string) => /<path d="([^"]+)"/.exec(markup)?.[1];

test('every variant has one mark, in the window as in the report, and no other variant has it', () => {
  const drawn = variantMarkers.map((_, index) => {
    const inWindow = renderToStaticMarkup(
      <MantineProvider>
        <VariantDot index={index} />
      </MantineProvider>,
    );
    const inReport = renderToStaticMarkup(<VariantTag index={index} title="" />);
    expect(pathIn(inWindow)).toBe(pathIn(inReport));
    const isOpen = inWindow.includes('fill="none"');
    expect(inReport.includes('fill="var(--cr-paper)"')).toBe(isOpen);
    return `${pathIn(inWindow)} ${isOpen}`;
  });
  expect(new Set(drawn).size).toBe(variantMarkers.length);
});
