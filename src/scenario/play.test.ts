/** Scenarios about a pump and about letters: how commands are found, refused, and told. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Suite } from '../coverage/suite.ts';
import { LOSSES } from '../engine/stepper.ts';
import type { Stimulus } from '../model/index.ts';
import { lettersArriveInOrder, mail, pump } from '../testing/toys.ts';
import { play } from './play.ts';
import { parseScript, renderScript } from './script.ts';

const words = ({ event }: Stimulus): string => event.type.toLowerCase();
const toy = (name: string, stage: Suite['stage']): Suite => ({
  name,
  about: name,
  phases: [],
  cases: () => [],
  ...(stage && { stage }),
});
const suites: readonly Suite[] = [
  toy('pump', {
    build: z
      .strictObject({ breaks: z.int().default(1), typos: z.int().default(0) })
      .transform(({ breaks, typos }) => ({
        system: pump({ breaks, ...(typos > 0 && { typos }) }),
        claims: [],
      })),
    words,
  }),
  toy('mail', {
    build: z.strictObject({ letters: z.int() }).transform(({ letters }) => ({
      system: mail({ letters, loss: { loss: 1 }, budget: { loss: 1 } }),
      claims: [lettersArriveInOrder],
    })),
    words: ({ event }) => `${words({ event } as Stimulus)} a letter, by hand`,
    evidence: ({ steps }, witness) => [`${steps.length} steps, ${JSON.stringify(witness)}`],
  }),
  toy('silent', undefined),
];
const outputs = (...commands: string[]): string[] =>
  play('toy.txt', commands.join('\n\n'), suites)
    .text.trimEnd()
    .split('\n\n')
    .map((part) => part.split('\n----\n')[1]!);
const refusal = (...commands: string[]): string => {
  try {
    outputs(...commands);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
};

describe('a scenario file', () => {
  const text = '# A story.\n\none\n  two\n----\nit\nhappened\n\n# End.\n\nthree\n----\n';

  test('is text and commands, and written again as it was', () => {
    expect(parseScript(text)).toEqual([
      { kind: 'text', line: '# A story.' },
      { kind: 'text', line: '' },
      { kind: 'command', at: 3, lines: ['one', '  two'], output: ['it', 'happened'] },
      { kind: 'text', line: '' },
      { kind: 'text', line: '# End.' },
      { kind: 'text', line: '' },
      { kind: 'command', at: 11, lines: ['three'], output: [] },
    ]);
    expect(renderScript(parseScript(text))).toBe(text);
  });

  test('may have commands that were not played yet', () => {
    expect(parseScript('one\n\ntwo')).toEqual([
      { kind: 'command', at: 1, lines: ['one'], output: [] },
      { kind: 'text', line: '' },
      { kind: 'command', at: 3, lines: ['two'], output: [] },
    ]);
  });

  test('keeps its story and gets new outputs', () => {
    const { text: played, played: runs } = play(
      'toy.txt',
      '# A pump.\n\ndeploy pump\n----\nold\n\nbreak\n\nmend\n',
      suites,
    );
    expect(played).toBe(
      '# A pump.\n\ndeploy pump\n----\nReady: pump. Budget: breaks 1. Bounds: none.\n\nbreak\n----\npump: works -> broken\n\nmend\n----\npump: broken -> stopped\n',
    );
    expect(runs.map(({ suite, run }) => [suite, run.moves])).toEqual([['pump', [0, 2 * LOSSES]]]);
  });
});

describe('a command', () => {
  test('may be cut short where only one move begins so, and lose a message', () => {
    expect(outputs('deploy mail {letters: 2}', 'write', 'write a letter lost 2').slice(1)).toEqual([
      'writer -> reader: LETTER number=1\nreader -> writer: THANKS number=1\nwriter: written 0 -> 1, thanks [] -> [1]\nreader: read [] -> [1]',
      'writer -> reader: LETTER number=2\nreader -> writer: THANKS number=2 (lost)\nwriter: written 1 -> 2\nreader: read [1] -> [1, 2]',
    ]);
  });

  test('tells when it makes a claim false', () => {
    const told = outputs('deploy mail {letters: 2}', 'write lost 1', 'write', 'judge', 'evidence');
    expect(told.slice(2)).toEqual([
      'writer -> reader: LETTER number=2\nreader -> writer: THANKS number=2\nwriter: written 1 -> 2, thanks [] -> [2]\nreader: read [] -> [2]\n! lettersArriveInOrder is broken: letter 1 is missing.',
      'False: lettersArriveInOrder: letter 1 is missing.',
      '2 steps, [2]',
    ]);
  });

  test('asks for a claim, a state, or what can happen, at its place in the story', () => {
    const told = outputs(
      'deploy mail {letters: 2}',
      'judge lettersArriveInOrder',
      'state writer',
      'write',
      'state writer written',
      'enabled',
      'write',
    );
    expect([told[1], told[2], told[4], told[5]]).toEqual([
      'True: lettersArriveInOrder.',
      'writer is writing.\nwritten: 0\nletters: 2\nthanks: []',
      'writer is writing.\nwritten: 1',
      'write a letter, by hand',
    ]);
  });

  test('that cannot be followed is refused with what can', () => {
    expect(refusal('deploy pump', 'mend')).toBe(
      "toy.txt:3: 'mend' cannot happen now. What can: break.",
    );
    expect(refusal('deploy pump', 'break lost 1')).toBe(
      "toy.txt:3: 'break' cannot lose message 1; none of its messages can be lost now.",
    );
    expect(refusal('deploy mail {letters: 1}', 'write lost 9')).toBe(
      "toy.txt:3: 'write a letter, by hand' cannot lose message 9; it can lose 1 and 2.",
    );
    expect(refusal('deploy mail {letters: 1}', 'judge all')).toBe(
      "toy.txt:3: There is no claim 'all'; there are lettersArriveInOrder.",
    );
    expect(refusal('deploy pump', 'state tap')).toBe(
      "toy.txt:3: There is no 'tap'; there are pump.",
    );
    expect(refusal('deploy pump', 'evidence')).toBe(
      'toy.txt:3: Nobody gathers evidence for this model.',
    );
  });

  test('to deploy what there is not, or otherwise than it can be, is refused', () => {
    expect(refusal('break')).toBe("toy.txt:1: The first command is 'deploy'.");
    expect(refusal('deploy silent')).toBe(
      "toy.txt:1: There is no 'silent' to deploy; there are pump and mail.",
    );
    expect(refusal('deploy pump {breaks: many}')).toBe(
      'toy.txt:1: The options of pump: breaks: Invalid input: expected number, received string.',
    );
    expect(refusal('deploy pump {typos: 1}')).toBe(
      "toy.txt:1: There is no fault 'typos' here; there are breaks and bursts.",
    );
    expect(refusal('deploy pump {')).toMatch(/^toy\.txt:1: The options of pump cannot be read: /);
  });
});
