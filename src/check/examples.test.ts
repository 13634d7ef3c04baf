/** The example deployments: what a reader of the README is told. */
import { expect, test } from 'vitest';
import { readDeployment } from '../config/disk.ts';
import type { Deployment } from '../config/index.ts';
import { broken } from './fixtures/verdicts.ts';
import { type CheckOptions, check } from './index.ts';

/** Without the internal topics, whose settings are those of the others or need no telling. */
function example(name: string): Deployment {
  const deployment = readDeployment([`examples/${name}`]);
  return { ...deployment, topics: deployment.topics.filter(({ internal }) => !internal) };
}

const verdicts = async (deployment: Deployment, options: CheckOptions = {}) => {
  const results = await check(deployment, { bounds: 'tiny', ...options });
  return [results.verdict, ...broken(results)];
};

// Both faults in one run are what `npm start` shows: too long for a test.
test('production: every fault alone is survived, also those it does not ask for', async () => {
  const { survive: _survive, ...production } = example('production');
  expect(await verdicts(production)).toEqual([
    'holds',
    'no faults: all hold',
    'brokerCrash=1: all hold',
    'powerLoss=1: all hold',
    'diskLoss=1: all hold',
    'partition=1: all hold',
    'slowReplica=1: all hold',
    'lostMessage=1: all hold',
    'controlledShutdown=1: all hold',
  ]);
});

test('laptop: one broker without a disk of its own loses everything with its container', async () => {
  const lost =
    'no-acked-loss broken in 2, broken with repairs; ' +
    'readers-never-see-loss broken in 4, broken with repairs; ' +
    'clean-leaders-are-complete broken in 4, broken with repairs; ' +
    'writable-with-one-broker-down broken in 1, broken with repairs';
  expect(await verdicts(example('laptop'))).toEqual([
    'broken',
    'no faults: all hold',
    `brokerCrash=1: ${lost}`,
    `powerLoss=1: ${lost}`,
    `diskLoss=1: ${lost}`,
    'partition=1: all hold',
    'slowReplica=1: all hold',
    'lostMessage=1: all hold',
    'controlledShutdown=1: writable-with-one-broker-down broken in 1, broken with repairs',
  ]);
});

test('strimzi-ephemeral: a lost pod is a lost disk, and one copy was enough to be acknowledged', async () => {
  const lost =
    'no-acked-loss broken in 4, broken with repairs; ' +
    'readers-never-see-loss broken in 8, broken with repairs; ' +
    'clean-leaders-are-complete broken in 8, broken with repairs; ' +
    'writable-with-one-broker-down broken in 3, broken with repairs';
  expect(await verdicts(example('strimzi-ephemeral'))).toEqual([
    'broken',
    'no faults: all hold',
    `brokerCrash=1: ${lost}`,
    `powerLoss=1: ${lost}`,
    `diskLoss=1: ${lost}`,
    'partition=1: all hold',
    'slowReplica=1: all hold',
    'lostMessage=1: all hold',
    'controlledShutdown=1: writable-with-one-broker-down broken in 4, broken with repairs',
  ]);
});

test('acks-one: whatever deposes the leader loses what it alone confirmed', async () => {
  expect(await verdicts(example('acks-one'))).toEqual([
    'broken',
    'no faults: all hold',
    'brokerCrash=1: no-acked-loss broken in 2',
    'powerLoss=1: no-acked-loss broken in 2',
    'diskLoss=1: no-acked-loss broken in 2',
    'partition=1: no-acked-loss broken in 2',
    'slowReplica=1: no-acked-loss broken in 2',
    'lostMessage=1: all hold',
    'controlledShutdown=1: no-acked-loss broken in 2',
  ]);
});

test('unclean: a slow replica and a crash lose together, found long before all is seen', async () => {
  const options = { faults: { slowReplica: 1, brokerCrash: 1 }, maxStates: 60_000 };
  const rest =
    'readers-never-see-loss broken in 8; ' +
    'one-leader-per-epoch undecided; clean-leaders-are-complete broken in 8; ' +
    'acks-mean-min-insync broken in 11; writable-with-one-broker-down undecided; ' +
    'recovers undecided';
  expect(await verdicts(example('unclean'), options)).toEqual([
    'broken',
    'brokerCrash=1: all hold',
    'slowReplica=1: all hold',
    `brokerCrash=1, slowReplica=1: no-acked-loss broken in 8; ${rest}`,
  ]);
});
