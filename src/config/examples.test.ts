import { expect, test } from 'vitest';
import { readDeployment } from './disk.ts';
import { row } from './fixtures/folder.ts';

test.each([
  [
    'production',
    'orders in production',
    'orders',
    'rf 3 of 3, min isr 2->2, acks all, persistent, elr',
  ],
  ['laptop', 'laptop', '(broker defaults)', 'rf 1 of 1, min isr 1->1, acks all, ephemeral, elr'],
  ['strimzi-ephemeral', 'metrics', 'readings', 'rf 3 of 3, min isr 1->1, acks all, ephemeral, elr'],
  ['acks-one', 'orders with acks=1', 'orders', 'rf 3 of 3, min isr 2->2, acks 1, persistent, elr'],
  [
    'unclean',
    'orders with unclean elections',
    'orders',
    'rf 3 of 3, min isr 2->2, acks all, persistent, unclean, elr',
  ],
])('the example %s is what its README says', (folder, name, topic, expected) => {
  const deployment = readDeployment([`examples/${folder}`]);
  expect(deployment.name).toBe(name);
  expect(deployment.behaviour).toBe('4.1');
  expect(deployment.topics.map((each) => each.name)).toEqual([
    topic,
    '__consumer_offsets',
    '__transaction_state',
  ]);
  expect(row(deployment, topic)).toBe(expected);
});
