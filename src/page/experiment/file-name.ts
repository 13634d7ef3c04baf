/** The name of the file that holds a figure's numbers: its title, in letters that every disk takes. */
export function fileName(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return `${words.join('-').slice(0, 60).replace(/-$/, '') || 'figure'}.csv`;
}
