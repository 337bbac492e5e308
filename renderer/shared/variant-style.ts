import { useComputedColorScheme } from '@mantine/core';
import { useCallback } from 'react';
import { variantColor } from '../../report/index.ts';

/** Colour of the variant at an index of its experiment, in the scheme that is shown. */
export function useVariantColor(): (index: number) => string {
  const scheme = useComputedColorScheme('light');
  return useCallback((index: number) => variantColor(Math.max(0, index), scheme), [scheme]);
}
