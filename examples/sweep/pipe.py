"""Spreads a sweep over a Spark cluster: cells in, rows out, in the order of the grid.

    holdfast sweep grid.yaml --cells > cells.jsonl
    spark-submit pipe.py cells.jsonl map.jsonl

Every executor needs node and holdfast. Where they are not on the path of the driver as well, say how
holdfast is called: spark-submit pipe.py cells.jsonl map.jsonl "/opt/node/bin/node /opt/holdfast.js"
"""

import os
import sys

from pyspark.sql import SparkSession

# Cells of one task: what is begun anew if its executor is lost. Within a task equal explorations are
# done once, so very short ones cost time.
CELLS_PER_TASK = 40


def main(cells_file, rows_file, holdfast="holdfast"):
    with open(cells_file, encoding="utf-8") as file:
        cells = file.read().splitlines()
    spark = SparkSession.builder.appName("holdfast sweep").getOrCreate()
    tasks = max(1, len(cells) // CELLS_PER_TASK)
    rows = (
        # Contiguous slices; collect puts them back in this order.
        spark.sparkContext.parallelize(cells, tasks)
        # pipe starts the command with an empty environment, and by default takes a failure for an end.
        .pipe(f"{holdfast} sweep -", env={"PATH": os.environ["PATH"]}, checkCode=True)
        .collect()
    )
    spark.stop()
    if len(rows) != len(cells):
        sys.exit(f"{len(cells)} cells gave {len(rows)} rows; nothing is written")
    with open(rows_file, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{row}\n" for row in rows)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: spark-submit pipe.py <cells.jsonl> <map.jsonl> [<how holdfast is called>]")
    main(*sys.argv[1:])
