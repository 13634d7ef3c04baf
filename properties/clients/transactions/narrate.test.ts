/** Counterexamples as they are told, sentence by sentence. */
import { expect, test } from 'vitest';
import { designs } from '../../../models/clients/transactions/designs/index.ts';
import {
  evidence,
  narrate,
  optionsOf,
  transactions,
} from '../../../models/clients/transactions/index.ts';
import { explore } from '../../../src/schedulers/explore.ts';
import { confirm } from '../../../src/schedulers/replay.ts';
import { transactionsClaims } from './index.ts';

/** The shortest counterexample of a design: its steps, why the claim fails, what became of it. */
function told(id: string): string[][] {
  const { setting, rules, breaks } = designs.find((design) => design.id === id)!;
  const bad = { ...setting, rules };
  const system = transactions(bad);
  const claims = transactionsClaims(optionsOf(bad)).filter(({ name }) => name === breaks);
  const { claim, moves, violation } = explore(system, claims).results[0]!;
  const trace = confirm(system, { claim, moves: moves!, violation });
  return [
    narrate(trace).map((sentences) => sentences.join(' ')),
    [violation!.because, ...evidence(trace, violation!.witness)],
  ];
}

test('an EndTxn that arrives late ends a later transaction of the same epoch', () => {
  expect(told('F31')).toEqual([
    [
      'p1 calls initTransactions and gets producer id 0, epoch 0.',
      "p1 sends T1's record for a (epoch 0): the coordinator agrees and it is appended at offset 0 of a.",
      'p1 sends EndTxn (abort, epoch 0); the connection breaks and the request stays on its way.',
      'p1 sends EndTxn (abort, epoch 0) and is told that it is done. The coordinator logs PREPARE_ABORT.',
      "The coordinator sends the abort marker (epoch 0) to a. In a T1's record is aborted.",
      'Every marker is acknowledged: the coordinator logs COMPLETE_ABORT.',
      "p1 sends T2's record for a (epoch 0): the coordinator agrees and it is appended at offset 1 of a.",
      'The late EndTxn (abort, epoch 0) arrives. The coordinator logs PREPARE_ABORT.',
      "The coordinator sends the abort marker (epoch 0) to a. In a T2's record is aborted.",
      'Every marker is acknowledged: the coordinator logs COMPLETE_ABORT.',
      "p1 sends T2's record for b (epoch 0): the coordinator agrees and it is appended at offset 0 of b.",
      'p1 sends EndTxn (commit, epoch 0) and is told that it is done. The coordinator logs PREPARE_COMMIT.',
      "The coordinator sends the commit marker (epoch 0) to b. In b T2's record is committed.",
    ],
    [
      'T2 is committed in b and aborted in a',
      'T2: its application was told that it is committed.',
      'a: aborted at offset 1',
      'b: committed at offset 0',
    ],
  ]);
});

test('a record that arrives late is committed with the next transaction', () => {
  expect(told('F32b')).toEqual([
    [
      'p1 calls initTransactions and gets producer id 0, epoch 0.',
      "p1 sends T1's record for a (epoch 0); the connection breaks and the request stays on its way.",
      'delivery.timeout.ms has passed: p1 gives the record up.',
      'p1 sends EndTxn (abort, epoch 0) and is told that it is done. The coordinator logs PREPARE_ABORT.',
      'The coordinator sends the abort marker (epoch 0) to a.',
      'Every marker is acknowledged: the coordinator logs COMPLETE_ABORT.',
      'p1 asks for a new epoch and gets producer id 0, epoch 1.',
      "Late, T1's record for a (epoch 0) arrives: appended at offset 0 of a.",
      "p1 sends T2's record for a (epoch 1): appended at offset 1 of a.",
      "p1 sends T2's record for b (epoch 1): appended at offset 0 of b.",
      'p1 sends EndTxn (commit, epoch 1) and is told that it is done. The coordinator logs PREPARE_COMMIT.',
      "The coordinator sends the commit marker (epoch 1) to a. In a T1's record and T2's record are committed.",
    ],
    [
      'T1 is committed in a; nobody asked for that',
      'T1: its application never asked to commit it.',
      'a: committed at offset 0',
      'b: nothing of it',
    ],
  ]);
});

test('a new coordinator sends a marker again and is refused', () => {
  expect(told('F35')).toEqual([
    [
      'p1 calls initTransactions and gets producer id 0, epoch 0.',
      "p1 sends T1's record for a (epoch 0): the coordinator agrees and it is appended at offset 0 of a.",
      'p1 sends EndTxn (abort, epoch 0) and is told that it is done. The coordinator logs PREPARE_ABORT and raises the epoch to 1.',
      "The coordinator sends the abort marker (epoch 1) to a. In a T1's record is aborted.",
      "The coordinator's broker crashes; another one reads the transaction log (coordinator epoch 1).",
    ],
    [
      'coordinator has decided and does not complete',
      'T1: its application never asked to commit it.',
      'a: aborted at offset 0',
      'b: nothing of it',
    ],
  ]);
});

test('a marker that is read late ends the next transaction', () => {
  expect(told('F35b')).toEqual([
    [
      'p1 calls initTransactions and gets producer id 0, epoch 0.',
      "p1 sends T1's record for a (epoch 0): the coordinator agrees and it is appended at offset 0 of a.",
      "p1 sends T1's record for b (epoch 0): the coordinator agrees and it is appended at offset 0 of b.",
      'p1 sends EndTxn (commit, epoch 0) and is told that it is done. The coordinator logs PREPARE_COMMIT and raises the epoch to 1.',
      "The coordinator sends the commit marker (epoch 1) to b. In b T1's record is committed.",
      'The coordinator sends the commit marker (epoch 1) to a; the connection breaks and the request stays on its way.',
      "The coordinator sends the commit marker (epoch 1) to a. In a T1's record is committed.",
      'Every marker is acknowledged: the coordinator logs COMPLETE_COMMIT.',
      "p1 sends T2's record for a (epoch 1): the coordinator agrees and it is appended at offset 1 of a.",
      "The late commit marker (epoch 1) arrives at a. In a T2's record is committed.",
    ],
    [
      'T2 is committed in a; nobody asked for that',
      'T2: its application never asked to commit it.',
      'a: committed at offset 1',
      'b: nothing of it',
    ],
  ]);
});

test('a zombie commits what its successor has done already', () => {
  expect(told('F58')).toEqual([
    [
      'p1 calls initTransactions and gets producer id 10, epoch 0.',
      'p1 asks the group where to go on: at offset 0.',
      "p1 sends T1's record for a (epoch 0): the coordinator agrees and it is appended at offset 0 of a.",
      'p2 starts while the process before it still runs.',
      'p2 calls initTransactions and gets producer id 20, epoch 0.',
      'p2 asks the group where to go on: at offset 0.',
      "p1 sends T1's offset 1 (epoch 0): the coordinator agrees and it is appended at offset 0 of offsets.",
      'p1 sends EndTxn (commit, epoch 0) and is told that it is done. The coordinator logs PREPARE_COMMIT and raises the epoch to 1.',
      "p2 sends T3's record for a (epoch 0): the coordinator agrees and it is appended at offset 1 of a.",
      "p2 sends T3's offset 1 (epoch 0): the coordinator agrees and it is appended at offset 1 of offsets.",
      'p2 sends EndTxn (commit, epoch 0) and is told that it is done. The coordinator logs PREPARE_COMMIT and raises the epoch to 1.',
      "The coordinator sends the commit marker (epoch 1) to a. In a T1's record is committed.",
      "The coordinator sends the commit marker (epoch 1) to a. In a T3's record is committed.",
    ],
    [
      'input 0 was transformed twice, the second time by T3',
      'T3: its application was told that it is committed.',
      'a: committed at offset 1',
      'offsets: open at offset 1',
    ],
  ]);
});

test('a marker commits the offset of the next transaction', () => {
  expect(told('F40')).toEqual([
    [
      'p1 calls initTransactions and gets producer id 0, epoch 0.',
      'p1 asks the group where to go on: at offset 0.',
      "p1 sends T1's record for a (epoch 0): the coordinator agrees and it is appended at offset 0 of a.",
      "p1 sends T1's offset 1 (epoch 0): the coordinator agrees and it is appended at offset 0 of offsets.",
      'p1 sends EndTxn (commit, epoch 0) and is told that it is done. The coordinator logs PREPARE_COMMIT and raises the epoch to 1.',
      "The coordinator sends the commit marker (epoch 1) to a. In a T1's record is committed.",
      "The coordinator sends the commit marker (epoch 1) to offsets. In offsets T1's record is committed.",
      'Every marker is acknowledged: the coordinator logs COMPLETE_COMMIT.',
      "p1 sends T2's record for a (epoch 1): the coordinator agrees and it is appended at offset 1 of a.",
      "p1 sends T2's offset 2 (epoch 1): the coordinator agrees and it is appended at offset 1 of offsets.",
      'p1 sends EndTxn (abort, epoch 1) and is told that it is done. The coordinator logs PREPARE_ABORT and raises the epoch to 2.',
      "The coordinator sends the abort marker (epoch 2) to a. In a T2's record is aborted.",
      "The group's cache takes in the marker: offset 2 is committed.",
    ],
    [
      'offset 2 is committed and input 1 has no output',
      'T1: its application was told that it is committed.',
      'a: committed at offset 0',
      'offsets: committed at offset 0',
      'T2: its application never asked to commit it.',
      'a: aborted at offset 1',
      'offsets: open at offset 1',
    ],
  ]);
});

test('a process dies with a request on its way, and its successor commits what it left', () => {
  expect(told('X3')).toEqual([
    [
      'p1 calls initTransactions and gets producer id 0, epoch 0.',
      "p1 sends T1's record for a (epoch 0): the coordinator agrees and it is appended at offset 0 of a.",
      "p1 sends T1's record for b (epoch 0); the connection breaks and the request stays on its way. p1 dies.",
      'p2 starts: the process before it has ended.',
      'p2 calls initTransactions and gets producer id 0, epoch 1.',
      "p2 sends T3's record for a (epoch 1): the coordinator agrees and it is appended at offset 1 of a.",
      "p2 sends T3's record for b (epoch 1): the coordinator agrees and it is appended at offset 0 of b.",
      'p2 sends EndTxn (commit, epoch 1) and is told that it is done. The coordinator logs PREPARE_COMMIT and raises the epoch to 2.',
      "The coordinator sends the commit marker (epoch 2) to a. In a T1's record and T3's record are committed.",
    ],
    [
      'T1 of a fenced process is committed in a',
      'T1: its process was fenced before it asked to commit.',
      'a: committed at offset 0',
      'b: nothing of it',
    ],
  ]);
});

test('a transaction is committed with a record that never arrived', () => {
  expect(told('X12')).toEqual([
    [
      'p1 calls initTransactions and gets producer id 0, epoch 0.',
      "p1 sends T1's record for a (epoch 0): the coordinator agrees and it is appended at offset 0 of a.",
      "p1 sends T1's record for b (epoch 0); the request is lost.",
      'p1 sends EndTxn (commit, epoch 0) and is told that it is done. The coordinator logs PREPARE_COMMIT and raises the epoch to 1.',
    ],
    [
      'T1 was acknowledged as committed and its record in b is missing',
      'T1: its application was told that it is committed.',
      'a: open at offset 0',
      'b: nothing of it',
    ],
  ]);
});
