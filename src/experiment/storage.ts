/**
 * How long a checkpoint's storage takes, by profile; the bytes themselves are in the capacities.
 *
 * One entry of a metadata log (offsets, commits) is a probe, a create and a rename: twice a batch.
 * On S3 that is the file manager that renames, Spark's default there; the one that aborts a stream
 * (spark-hadoop-cloud) does without the rename.
 */
import { assumed, type Duration, read, skewed } from './duration.ts';

export type StorageProfile = 'hdfs' | 's3';
export type StorageOperation =
  | 'create'
  | 'probe'
  | 'rename'
  | 'list'
  | 'read'
  | 'delete'
  | 'stateLoad';

const AWS = 'AWS, S3 performance design patterns, timeouts and retries';

export const STORAGE: Record<StorageProfile, Record<StorageOperation, Duration>> = {
  hdfs: {
    create: {
      spread: skewed(15, 60),
      means: 'create a small file, write it, close it',
      ...assumed('create, addBlock and complete at the namenode; a pipeline of three datanodes'),
    },
    probe: {
      spread: skewed(1, 5),
      means: 'is there a file of this name?',
      ...assumed('one call of the namenode, from memory'),
    },
    rename: {
      spread: skewed(3, 15),
      means: 'rename a file, at once and for all',
      ...assumed('one call of the namenode and a flush of its edit log'),
    },
    list: {
      spread: skewed(2, 10),
      means: 'the names in a folder',
      ...assumed('one call of the namenode, from memory'),
    },
    read: {
      spread: skewed(5, 25),
      means: 'open a small file, until its first bytes',
      ...assumed('the namenode, then a datanode'),
    },
    delete: {
      spread: skewed(3, 15),
      means: 'delete a file',
      ...assumed('as rename'),
    },
    stateLoad: {
      spread: skewed(15, 60),
      means: "one task's state store: list, open the snapshot, open the deltas; not their bytes",
      ...assumed('a list and two reads'),
    },
  },
  s3: {
    create: {
      spread: skewed(50, 160),
      means: 'a PUT of a small object',
      ...read(`GET or PUT below 512 KB: median in the tens of milliseconds (${AWS}); p95 assumed`),
    },
    probe: {
      spread: skewed(20, 70),
      means: 'a HEAD, and a LIST where nothing is there',
      ...assumed('less than a GET'),
    },
    rename: {
      spread: skewed(90, 300),
      means: 'there is none: HEAD, COPY and DELETE one after the other',
      ...assumed(
        'so that two entries of the log take 320 to 440 ms a batch, as measured for SPARK-39591',
        '(waitingforcode.com, async progress tracking), which does not say on what storage',
      ),
    },
    list: {
      spread: skewed(50, 200),
      means: 'a LIST of up to a thousand names',
      ...assumed('more than a GET'),
    },
    read: {
      spread: skewed(40, 150),
      means: 'a GET, until its first bytes',
      ...read(`as create (${AWS}); p95 assumed`),
    },
    delete: {
      spread: skewed(25, 100),
      means: 'a DELETE of one object',
      ...assumed('between a HEAD and a PUT'),
    },
    stateLoad: {
      spread: skewed(140, 450),
      means: "one task's state store: list, open the snapshot, open the deltas; not their bytes",
      ...assumed('a list and two reads'),
    },
  },
};
