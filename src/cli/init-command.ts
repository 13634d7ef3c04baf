/** `holdfast init`: a first holdfast.yaml, from the files that are there. */
import { Command } from 'commander';
import { requiredOf } from '../check/index.ts';
import { diskFiles } from '../config/disk.ts';
import { type Starter, starterFor } from '../config/starter.ts';
import { aligned, wrapped } from '../report/text.ts';
import { writeWhole } from './output.ts';

const EXAMPLES = `
Examples:
  $ holdfast init                           for this folder and what lies below
  $ holdfast init deploy/kafka && holdfast check deploy/kafka
  $ holdfast init --force                   anew, over the one that is there
`;

export function initCommand(): Command {
  return new Command('init')
    .description('Write a commented holdfast.yaml from the configuration files in a folder.')
    .argument('[folder]', 'where to look, and where it is written', '.')
    .option('--force', 'replace a holdfast.yaml that is there')
    .addHelpText('after', EXAMPLES)
    .action((folder: string, { force = false }: { force?: boolean }) => {
      const options = { required: requiredOf, replace: force };
      const starter = starterFor(diskFiles, folder, options);
      writeWhole(starter.file, starter.text);
      process.stdout.write(told(starter, folder));
    });
}

function told({ file, found, unknown, leftOut }: Starter, folder: string): string {
  const list = (items: readonly string[]): string[] =>
    items.flatMap((item) => wrapped(item, '  - '));
  const lines = [
    `${file} is written.`,
    '',
    'Found',
    ...aligned(
      found.map(({ path, holds }) => [{ text: path }, { text: holds }]),
      '  ',
    ),
    ...(unknown.length > 0
      ? ['', 'Worth a look, for the files cannot say it', ...list(unknown)]
      : []),
    ...(leftOut.length > 0 ? ['', 'Left out', ...list(leftOut)] : []),
    '',
    `Next: holdfast check ${/^[\w./-]+$/.test(folder) ? folder : `'${folder}'`}`,
  ];
  return `${lines.join('\n')}\n`;
}
