import type { ReactNode } from 'react';
import { ScrollFrame } from './scroll-frame.tsx';

export interface Column {
  title: ReactNode;
  /** Figures stand at the right, under each other. */
  numeric?: boolean;
  key: string;
}

export interface Row {
  key: string;
  cells: ReactNode[];
  className?: string;
}

interface DataTableProps {
  caption: string;
  columns: Column[];
  rows: Row[];
  /** The caption is read aloud but not shown, where a heading says the same. */
  quiet?: boolean;
  className?: string;
}

/** A table with a caption; the first cell of each row is its heading. Wide ones scroll inside their own frame. */
export function DataTable({ caption, columns, rows, quiet = false, className = '' }: DataTableProps) {
  return (
    <ScrollFrame label={caption}>
      <table className={`cr-table ${className}`}>
        <caption className={quiet ? 'cr-unseen' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.numeric === true ? 'cr-num' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className={row.className}>
              {row.cells.map((cell, index) => {
                const column = columns[index];
                const className = column?.numeric === true ? 'cr-num' : undefined;
                return index === 0 ? (
                  <th key={column?.key ?? index} scope="row" className={className}>
                    {cell}
                  </th>
                ) : (
                  <td key={column?.key ?? index} className={className}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
