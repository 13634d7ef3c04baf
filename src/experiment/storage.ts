/** How long a checkpoint's storage takes, by profile; the bytes themselves are in the capacities. */
import { assumed, type Duration, recalled, skewed } from './duration.ts';

export type StorageProfile = 'hdfs' | 's3';
export type StorageOperation =
  | 'create'
  | 'probe'
  | 'rename'
  | 'list'
  | 'read'
  | 'delete'
  | 'stateLoad';

export const STORAGE: Record<StorageProfile, Record<StorageOperation, Duration>> = {
  hdfs: {
    create: {
      spread: skewed(15, 60),
      means: 'create a small file, write it, close it',
      ...assumed('three calls of the namenode and a pipeline of three datanodes'),
    },
    probe: {
      spread: skewed(1, 5),
      means: 'is there a file of this name?',
      ...assumed('one call of the namenode'),
    },
    rename: {
      spread: skewed(3, 15),
      means: 'rename a file, at once and for all',
      ...assumed('one call of the namenode and its edit log'),
    },
    list: {
      spread: skewed(2, 10),
      means: 'the names in a folder',
      ...assumed('one call of the namenode'),
    },
    read: {
      spread: skewed(5, 25),
      means: 'open a small file, until its first bytes',
      ...assumed('the namenode, then a datanode'),
    },
    delete: {
      spread: skewed(3, 15),
      means: 'delete a file',
      ...assumed('one call of the namenode and its edit log'),
    },
    stateLoad: {
      spread: skewed(20, 80),
      means: "one task's state store: list, find the snapshot, open it; not its bytes",
      ...assumed('a list and two reads'),
    },
  },
  s3: {
    create: {
      spread: skewed(60, 200),
      means: 'a PUT of a small object',
      ...recalled('small objects take 100 to 200 ms at the most'),
    },
    probe: {
      spread: skewed(20, 80),
      means: 'a HEAD, and a LIST where nothing is there',
      ...assumed('less than a GET'),
    },
    rename: {
      spread: skewed(150, 500),
      means: 'a copy and a delete, with the probes before them',
      ...assumed('HEAD, COPY, DELETE'),
    },
    list: {
      spread: skewed(50, 200),
      means: 'a LIST of up to a thousand names',
      ...assumed('more than a GET'),
    },
    read: {
      spread: skewed(40, 150),
      means: 'a GET, until its first bytes',
      ...recalled('first bytes after 100 to 200 ms'),
    },
    delete: {
      spread: skewed(30, 120),
      means: 'a DELETE of one object',
      ...assumed('as a PUT, without the bytes'),
    },
    stateLoad: {
      spread: skewed(150, 500),
      means: "one task's state store: list, find the snapshot, open it; not its bytes",
      ...assumed('a list and two reads'),
    },
  },
};
