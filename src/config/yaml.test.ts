import { expect, test } from 'vitest';
import { ConfigError } from './error.ts';
import { type Node, plainData, readYaml } from './yaml.ts';

const data = (text: string): unknown[] => readYaml('f.yaml', text).map(plainData);

function refusal(text: string): string {
  try {
    return `read: ${JSON.stringify(data(text))}`;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

test('every value knows the line of its key', () => {
  const [root] = readYaml('f.yaml', '# c\na: 1\nb:\n  - x\n  - y: "2"\n') as [Node];
  expect(root).toEqual({
    kind: 'map',
    line: 2,
    entries: new Map<string, unknown>([
      ['a', { line: 2, node: { kind: 'scalar', line: 2, text: '1', value: 1 } }],
      [
        'b',
        {
          line: 3,
          node: {
            kind: 'list',
            line: 4,
            items: [
              { kind: 'scalar', line: 4, text: 'x', value: 'x' },
              {
                kind: 'map',
                line: 5,
                entries: new Map([
                  ['y', { line: 5, node: { kind: 'scalar', line: 5, text: '2', value: '2' } }],
                ]),
              },
            ],
          },
        },
      ],
    ]),
  });
});

test('aliases and merge keys are expanded, and what is written wins over what is merged', () => {
  expect(
    data('base: &b { a: 1, b: 2 }\nother: &o { b: 3, c: 4 }\nx: { <<: [*b, *o], a: 9 }\ny: *b\n'),
  ).toEqual([
    {
      base: { a: 1, b: 2 },
      other: { b: 3, c: 4 },
      x: { a: 9, b: 2, c: 4 },
      y: { a: 1, b: 2 },
    },
  ]);
});

test('all documents of a file are read', () => {
  expect(data('a: 1\n---\n- b\n---\n')).toEqual([{ a: 1 }, ['b'], null]);
  expect(data('')).toEqual([]);
});

const bomb = (levels: number): string =>
  Array.from({ length: levels }, (_, i) =>
    i === 0
      ? 'a0: &a0 x'
      : `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
  ).join('\n');

test.each([
  [
    'duplicate keys',
    'a:\n  b: 1\n  c: 2\n  b: 3\n',
    'f.yaml:4: the key "b" stands in line 2 and in line 4; remove one of them',
  ],
  ['a list as a key', '? [a]\n: b\n', 'f.yaml:1: a key is a list or a mapping; use a word'],
  ['an unknown alias', 'a: 1\nb: *x\n', 'f.yaml:2: the alias "*x" has no anchor before it; add it'],
  [
    'an alias inside itself',
    'a: &a\n  b: *a\n',
    'f.yaml:2: values nest over 64 deep, or an alias holds itself; write it flatter',
  ],
  [
    'aliases that multiply',
    bomb(12),
    'f.yaml:7: the file expands to more than 200,000 values; write fewer aliases',
  ],
  [
    'a merge of a single value',
    'a: { <<: 1 }\n',
    'f.yaml:1: "<<" merges something that is not a mapping; correct it',
  ],
  [
    'malformed YAML',
    'a: [1\nb: 2\n',
    'f.yaml:2: this is not valid YAML (Flow sequence in block collection must be sufficiently ' +
      'indented and end with a ]); correct it, or render the template first',
  ],
])('%s end with one sentence', (_, text, sentence) => {
  expect(refusal(text)).toBe(sentence);
});

test.each([
  ['brackets', '['.repeat(100_000)],
  ['braces', '{a: '.repeat(100_000)],
  ['dashes', '- '.repeat(100_000)],
  ['closed brackets', '['.repeat(70) + ']'.repeat(70)],
  ['indentation', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
])('%s that nest very deep are refused before they are parsed', (_, text) => {
  const line = text.includes('\n') ? 65 : 1;
  expect(refusal(text)).toBe(
    `f.yaml:${line}: values nest over 64 deep, or an alias holds itself; write it flatter`,
  );
});

test('siblings, long lists and multi-line texts do not nest', () => {
  const items = Array.from({ length: 200 }, (_, i) => `- a: ${i}\n  b: [1, {c: 2}]\n`).join('');
  expect((data(`x: |\n   deep\n     deeper\ny:\n${items}`)[0] as { y: [] }).y.length).toBe(200);
});

test('a flat file with very many keys takes no quadratic time', () => {
  const text = Array.from({ length: 50_000 }, (_, i) => `key${i}: ${i}`).join('\n');
  expect(Object.keys(data(text)[0] as object).length).toBe(50_000);
});
