/** Files in memory against the same files on the disk: the same deployment, the same errors. */
import { expect, test } from 'vitest';
import { type Files as Contents, read, refusal } from './fixtures/folder.ts';
import { ConfigError, memoryFiles, readDeploymentFrom } from './index.ts';

const inMemory = (contents: Contents) =>
  memoryFiles(Object.fromEntries(Object.entries(contents).map(([path, c]) => [`d/${path}`, c])));

/** What reading the named paths below `d` in memory ends with. */
function refusedInMemory(contents: Contents, paths: readonly string[] = ['']): string {
  const given = paths.map((path) => (path === '' ? 'd' : `d/${path}`));
  try {
    readDeploymentFrom(inMemory(contents), given);
    return 'it was read';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

const SERVER = 'process.roles=broker\nnode.id=1\ndefault.replication.factor=1\n';

test('files in memory give the deployment that the disk gives', () => {
  const contents = {
    'holdfast.yaml':
      'name: shop\nkafka: { version: "4.1", brokers: 3 }\nfiles: [conf/server.properties, ' +
      '{ path: conf/../conf/p.conf, kind: producer }]\ntopics: [{ name: a, replicationFactor: 3 }]\n',
    'conf/server.properties': SERVER,
    'conf/p.conf': 'acks=1\n',
    'conf/server2.yaml': 'a: 1\n',
    'unlisted.properties': 'acks=0\n',
  };
  expect(readDeploymentFrom(inMemory(contents), ['d'])).toEqual(read(contents));
});

test('a folder without a holdfast.yaml has its own name, in memory too', () => {
  const contents = { 'server.properties': SERVER, 'sub/x.properties': '', '.hidden': '' };
  const deployment = readDeploymentFrom(inMemory(contents), ['d']);
  expect(deployment).toEqual(read(contents));
  expect([deployment.name, deployment.notes.at(0)]).toEqual([
    'd',
    'd: subfolders are not read (sub); name them if they belong here',
  ]);
});

test('Compose finds its env files in memory', () => {
  const contents = {
    'compose.yaml':
      'services:\n  kafka:\n    image: apache/kafka:$' +
      '{TAG}\n    env_file: [broker.env, gone.env]\n',
    '.env': 'TAG=4.1.0 # the newest\n',
    'broker.env': 'export KAFKA_PROCESS_ROLES="broker"\nKAFKA_NODE_ID: 7\n',
  };
  expect(readDeploymentFrom(inMemory(contents), ['d'])).toEqual(read(contents));
});

test.each([
  ['a missing path', {}, ['gone.properties']],
  ['an empty folder', { 'sub/readme.txt': '' }, ['']],
  ['a folder that is listed as a file', { 'holdfast.yaml': 'files: [conf]\n', 'conf/a': '' }, ['']],
  ['a missing file in a list', { 'holdfast.yaml': 'files:\n  - gone.properties\n' }, ['']],
  ['a path through a file', { 'a.properties': SERVER }, ['a.properties/b.properties']],
  ['an unknown ending', { 'a.txt': SERVER }, ['a.txt']],
  ['a binary file', { 'server.properties': new Uint8Array([0, 1]) }, ['']],
  ['YAML that is not UTF-8', { 'holdfast.yaml': new Uint8Array([0x61, 0xe9]) }, ['']],
  ['a file over 5 MiB', { 'producer.properties': 'a'.repeat(5 * 2 ** 20 + 1) }, ['']],
  ['two holdfast.yaml', { 'holdfast.yaml': '', 'holdfast.yml': '' }, ['']],
] satisfies [string, Contents, string[]][])(
  '%s is refused in the same words in memory',
  (_, contents, paths) => {
    const onDisk = refusal(contents, paths[0] === '' ? [] : paths);
    expect(refusedInMemory(contents, paths)).toBe(onDisk);
  },
);
