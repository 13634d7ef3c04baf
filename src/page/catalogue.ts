/** The table of known-bad designs, as the reviewed baseline tells it (`npm run baseline:designs`). */

export interface DesignRow {
  readonly area: string;
  readonly id: string;
  readonly does: string;
  /** The claim that catches it. */
  readonly breaks: string;
  readonly shortest: string;
  /** The random walk that found it, and how many moves were left of it; as the table words it. */
  readonly sampled: string;
  readonly shrunk: string;
  readonly history: string;
}

/** The rows of the Markdown table. */
export function rowsOf(markdown: string): DesignRow[] {
  return markdown
    .split('\n## ')
    .slice(1)
    .flatMap((section) => {
      const [area = '', ...lines] = section.split('\n');
      const rows = lines.filter((line) => line.startsWith('| ')).slice(2);
      return rows.map((row): DesignRow => {
        const [id, does, breaks, shortest, sampled, shrunk, ...history] = row
          .slice(2, -2)
          .split(' | ');
        return {
          area,
          id: id!,
          does: does!,
          breaks: breaks!.replaceAll('`', ''),
          shortest: shortest!,
          sampled: sampled!,
          shrunk: shrunk!,
          history: history.join(' | '),
        };
      });
    });
}

/** Rows in which every word of `wanted` stands somewhere, whatever its case. */
export function filtered(rows: readonly DesignRow[], wanted: string): DesignRow[] {
  const words = wanted
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter((row) => {
    const text = Object.values(row).join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
