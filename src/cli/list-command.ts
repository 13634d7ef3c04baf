/** `holdfast list`: the words that options and holdfast.yaml take, and what they mean. */
import { Argument, Command } from 'commander';
import { aspects, FAULT_NAMES } from '../check/index.ts';
import { FAULT_MEANINGS } from '../config/index.ts';
import { styleFor } from '../report/style.ts';
import { wrapped } from '../report/text.ts';
import { usesColor } from './output.ts';

const WHAT = ['guarantees', 'faults', 'findings', 'designs'] as const;

const EXAMPLES = `
Examples:
  $ holdfast list guarantees                what --require takes
  $ holdfast list faults                    what --faults takes
  $ holdfast list findings                  what --accept takes
  $ holdfast list designs                   known-bad designs, and what catches them
`;

/** A name and what is said of it, under a heading. */
interface Entry {
  readonly heading: string;
  readonly name: string;
  readonly means: string;
}

export function listCommand(): Command {
  return new Command('list')
    .description('List guarantees, faults, findings or known-bad designs, with what they mean.')
    .addArgument(new Argument('<what>', 'what to list').choices(WHAT))
    .option('--no-color', 'print without colours, as in a pipe')
    .addHelpText('after', EXAMPLES)
    .action(async (what: (typeof WHAT)[number], { color }: { color: boolean }) => {
      const style = styleFor(color && usesColor(process.stdout));
      const entries = await LISTS[what]();
      const headings = [...new Set(entries.map(({ heading }) => heading))];
      const sections = headings.map((heading) => [
        style.heading(heading),
        ...entries
          .filter((entry) => entry.heading === heading)
          .flatMap(({ name, means }) => [`  ${name}`, ...wrapped(means, '      ')]),
      ]);
      process.stdout.write(`${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`);
    });
}

const LISTS: Readonly<Record<(typeof WHAT)[number], () => Entry[] | Promise<Entry[]>>> = {
  guarantees: () =>
    aspects.flatMap(({ name: heading, guarantees, requiredByDefault }) =>
      guarantees.map(({ name, means }) => ({
        heading,
        name,
        means: `${means}${requiredByDefault.includes(name) ? ' Required unless you say otherwise.' : ''}`,
      })),
    ),
  faults: () =>
    FAULT_NAMES.map((name) => ({
      heading: `Strikes ${aspects
        .filter(({ faults }) => faults.includes(name))
        .map((aspect) => aspect.name)
        .join(', ')}`,
      name,
      means: FAULT_MEANINGS[name] ?? '',
    })),
  findings: () =>
    aspects.flatMap(({ findings }) =>
      (findings?.list ?? []).map(({ id, title, confidence }) => ({
        heading: `About ${findings!.about} (${findings!.see})`,
        name: id,
        means: `${title} ${confidence}`,
      })),
    ),
  // Not loaded before it is asked for: it brings every model with it.
  designs: async () => {
    const { entries } = await import('../../properties/catalogue/index.ts');
    return entries.map(({ area, id, does, breaks, shortest }) => ({
      heading: area,
      name: id,
      means: `${does} Caught by ${breaks} in ${shortest} ${shortest === 1 ? 'move' : 'moves'}.`,
    }));
  },
};
