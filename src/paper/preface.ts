/** What the claim says and how its table is to be read. The verdicts are the table's. */
export const preface = `# End-to-end exactly-once, as the paper claims it

C. K. Banait, O. P. Ghade: *Fault Tolerance And Recovery Mechanisms In Apache Spark And Kafka
Integration*: "Guaranteeing end-to-end, exactly-once semantics in a distributed system is hard. The union of
Kafka's transactional support and Spark's atomic writes achieves this now. On one hand, Kafka's idempotent
producers and transactional writes and, on the other, state and offset management features in Spark ensure
that each record is processed once."

The claim names no sink, no isolation level, no checkpoint storage and no fault. So it is judged for each of
them: every sink the models know, both isolation levels, three ways of a checkpoint's file manager, and each
fault class once. Everything else is as the claim has it: an idempotent producer that writes in transactions
(one of which is aborted) and sends again what it has no answer for, acks=all, three replicas of which two
must be in sync, Kafka 4.1, Spark 4.1 with a checkpoint. It comes to three guarantees: each acknowledged
record is in the sink once, no loss is silent, nothing is there that was aborted or is gone from the log.

## Reading

What transactions and idempotence make right is the log: each record at one offset, aborted ones marked. What
Spark's logs make right is the range of a batch: run again, it reads the same. The claim is about the two
places in between and after, and there it depends on three things it does not name.

- **The isolation level.** Marks are for those who look at them. A query with Spark's default,
  \`kafka.isolation.level=read_uncommitted\`, shows what was aborted, without any fault: the phantoms below.
- **The sink.** A batch in doubt is run again, by a restart, for a lost executor or beside a zombie. Only a
  sink that recognises it shows it once; the last table but one says by what. Spark's writes are atomic for
  sinks that write a batch as one; its Kafka sink writes each task's rows at once and takes part in no
  transaction (SPARK-28908), so that Kafka's transactions end where the query begins. A sink that appends a
  batch as one is not enough either: the crash may come between its commit and Spark's. Nor is one that is
  gone with its driver.
- **The checkpoint.** A second driver, started beside one that is thought dead, is kept out by a file system
  that renames atomically and refuses what is there. Where the file manager looks first and writes then, both
  believe that a batch is theirs, and what one of them has read is passed over; the sink cannot help.

*As written* is Kafka 4.1 and Spark 4.1 with their known flaws, *findings repaired* is without (the READMEs of
the models tell them). Two of Kafka's show in every row. TF-1 (KAFKA-19446): a marker that is read late, after
its connection broke, ends the transaction after the one it is for, so that a commit that was acknowledged is
aborted, or the reverse. KF-1: a leader drops a newer proposal for its in-sync replicas, and what it had
acknowledged goes with it. No setting mends either.

How to read a cell: the verdict, and the moves of the shortest counterexample where it is broken; after an
arrow the same with findings repaired, where that differs. *Undecided*: a model that follows one side further
breaks what the whole assumes of it, and the whole has not seen what comes of it. A verdict is about the
faults of its column, each at most once and none of another class, within the bounds under "Scope", and says
nothing beyond them. *Connection broken*: a request is lost, or read late, or its answer is lost; a broker that
crashes takes one with it. *Zombie task*: one that was given up as lost and writes late. *States*: the most
that the composed model has in a row; the parts have their own.

The verdicts are those of \`holdfast check\` with \`--bounds small\` for the deployment at the end, with sink,
isolation level and file manager put in place; sinks with the same three properties are judged once.

Written by \`npm run baseline:exactly-once\`.
`;
