"""How fast documents are taken into a library, and in how much memory: `python -m eval.ingest`.

Makes a folder of documents from the shipped ones by mixing their clauses and changing their
numbers, takes it in as `huiwen corpus add FOLDER --yes` does, and then asks a question cold. Each
size runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from corpus.reader import load_corpus

_SIZES = (100, 300, 1000)
_CLAUSES = 30
_PLACES = ("苍南县", "平阳县", "瑞安市", "永嘉县", "文成县", "泰顺县", "龙港市", "洞头区")
_QUESTION = "苍南县海外仓有扶持吗"


def write_folder(folder: Path, count: int, seed: int = 0) -> None:
    """Writes documents of some 30 clauses each, no two of them alike.

    Args:
        folder: Where to; made if need be.
        count: How many.
        seed: Of the random choices.
    """
    folder.mkdir(parents=True, exist_ok=True)
    measures = [m for d in load_corpus(with_shelf=False) for m in d.measures if m.number]
    for number in range(count):
        random = Random(seed * 1_000_000 + number)  # noqa: S311 - nothing secret hangs on it
        chosen = random.sample(measures, _CLAUSES)
        place, year = random.choice(_PLACES), random.choice((2022, 2023, 2024))
        lines = [f"{place}{year}年第{number + 1}号综合政策", f"为推动{place}发展，制定本政策。"]
        for place_in_text, measure in enumerate(chosen, start=1):
            if place_in_text % 10 == 1:
                lines.append(f"{'一二三'[place_in_text // 10]}、工作任务")
            body = "".join(
                str(random.randint(1, 9)) if c.isdigit() and c != "0" else c for c in measure.body
            )
            units = f"（责任单位：{'、'.join(measure.units)}）" if measure.units else ""
            lines.append(f"{place_in_text}.{measure.title}。{body}{units}")
        (folder / f"policy-{number + 1:04}.txt").write_text("\n".join(lines) + "\n", "utf-8")


def take_in(folder: Path) -> dict[str, float]:
    """Takes a folder in; returns seconds, measures and peak memory of this process."""
    from corpus.library.intake import propose_fields, read_source
    from index.encoders import load_encoder
    from index.ingest import changing

    encoder = load_encoder()
    start, worked = time.perf_counter(), time.process_time()
    measures = 0
    with changing(encoder) as ingest:
        for path in sorted(folder.iterdir()):
            source = read_source(path)
            added = ingest.add(source, propose_fields(source))
            measures += len(added.document.measures)
        read = time.perf_counter() - start
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "measures": measures,
        "seconds": seconds,
        "reading_seconds": read,
        "measures_per_second": measures / seconds,
        # On a machine that others use too, this says more.
        "processor_seconds": time.process_time() - worked,
        "peak_mib": peak,
    }


def main() -> None:
    """Prints a line of JSON for each size."""
    parser = argparse.ArgumentParser(prog="python -m eval.ingest", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=_SIZES, help="numbers of documents")
    parser.add_argument("--folder", type=Path, help="take in this folder, in this process")
    options = parser.parse_args()
    if options.folder is not None:
        print(json.dumps(take_in(options.folder)))
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="huiwen-ingest-") as name:
            folder, home = Path(name) / "documents", Path(name) / "home"
            write_folder(folder, size)
            row = json.loads(_run(home, "-m", "eval.ingest", "--folder", str(folder)))
            one = Path(name) / "one"
            write_folder(one, 1, seed=1)
            single = json.loads(_run(home, "-m", "eval.ingest", "--folder", str(one)))
            row["one_more_seconds"] = single["seconds"]
            row["one_more_processor_seconds"] = single["processor_seconds"]
            ask = ("-c", "import sys; from qa.cli import main; sys.exit(main())", "ask", _QUESTION)
            _run(home, *ask)  # builds the shipped documents' index
            start = time.perf_counter()
            _run(home, *ask)
            row["cold_ask_seconds"] = time.perf_counter() - start
            row["index_mib"] = sum(p.stat().st_size for p in home.rglob("*") if p.is_file()) / 2**20
        print(json.dumps({"documents": size, **{k: round(v, 2) for k, v in row.items()}}))


def _run(home: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - this Python on this project
        [sys.executable, *arguments],
        env={**os.environ, "HUIWEN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{arguments}: {done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
